// Builds the tree of a proof: conditions, then the values they compare, down to facts and published cells.
#pragma once

#include <string>
#include <vector>

#include "engine/explain/explain.hpp"
#include "engine/explain/spot.hpp"
#include "engine/explain/visited.hpp"
#include "engine/explain/words.hpp"

namespace waymark::explain {

/// One tree. A figure or a threshold is opened where it is met first; where it is met again only its value is said.
class ProofBuilder {
 public:
  ProofBuilder(Subject const& subject, Proofs& proofs) : subject_(subject), proofs_(proofs) {}

  // Each into a proof in which nothing stands yet.
  void condition(Proof& proof, check::ConditionId id, Spot const& spot);
  void criterion(Proof& proof, check::CriterionId id);
  /// Of a figure that the policy reports.
  void report(Proof& proof, check::ValueId id);
  /// Name and status only.
  void status(Proof& proof, check::CriterionId id) const;

  /// What was put together for the case, as a text.
  Text kept(std::string const& words) { return proofs_.keep(words); }
  Text kept(Words const& words) { return words.kept(proofs_); }
  /// As `found_words` says.
  Text in_words(check::ValueId value, Spot const& spot);
  Text in_words(check::ValueId value, Spot const& spot, review::Seen const& seen);
  /// A part to come.
  Proof& next(Proof& proof) { return proofs_.add_to(proof.parts); }

 private:
  void into(Proof& proof, check::ConditionId id, check::Compare const& node, Spot const& spot);
  void into(Proof& proof, check::ConditionId id, check::Matches const& node, Spot const& spot);
  void into(Proof& proof, check::ConditionId id, check::Within const& node, Spot const& spot);
  void into(Proof& proof, check::ConditionId id, check::InList const& node, Spot const& spot);
  void into(Proof& proof, check::ConditionId id, check::Holds const& node, Spot const& spot);
  void into(Proof& proof, check::ConditionId id, check::CriterionState const& node, Spot const& spot);
  void into(Proof& proof, check::ConditionId id, check::Untold const& node, Spot const& spot);
  void into(Proof& proof, check::ConditionId id, check::GroupCount const& node, Spot const& spot);
  void into(Proof& proof, check::ConditionId id, check::Junction const& node, Spot const& spot);
  void into(Proof& proof, check::ConditionId id, check::Quantified const& node, Spot const& spot);
  void into(Proof& proof, check::ConditionId id, check::Windowed const& node, Spot const& spot);
  void into(Proof& proof, check::ConditionId id, check::WaiverInForce const& node, Spot const& spot);
  void into(Proof& proof, check::ConditionId id, check::Present const& node, Spot const& spot);
  void on_list(Proof& proof, check::InList const& node, Spot const& spot);
  void each(Proof& proof, check::ConditionId body, std::vector<Spot> const& spots);

  /// What stands behind a value, added to the proof that names it.
  void behind(Proof& proof, check::ValueId value, Spot const& spot);
  /// A value as a part of its own, where it has anything behind it. `said`: its words, where they have been found.
  void part(Proof& proof, check::ValueId value, Spot const& spot, Text said = {});
  void source(Proof& proof, check::ValueId value, Spot const& spot);
  void sourced(Proof& proof, vocabulary::SourceId source);
  void counted(Proof& proof, check::ListAggregate const& node, std::vector<Spot> const& kept);
  void cells(Proof& proof, check::ValueId value, check::SourceLookup const& node, Spot const& spot);
  std::optional<vocabulary::Type> outside_type(check::SourceLookup const& node, review::Part const& part) const;
  void cell(Proof& proof, check::SourceLookup const& node, vocabulary::Type const& type, review::Part const& found);
  void figure(Proof& proof, check::FigureId id, Spot const& outer, Text result);
  void list_figure(Proof& proof, check::FigureId id, Spot const& outer);
  /// A Figure that is a list, where its members are gone through or asked for.
  void list_part(Proof& proof, check::ListUse const& list, Spot const& spot);
  void list_part(Proof& proof, check::RangeId range, Spot const& spot);
  void members_in(Proof& proof, check::ValueId value, check::SourceLookup const& node, Spot const& spot);
  void used_case(Proof& proof, check::Figure const& figure, check::FigureId id, Spot const& spot);
  void threshold(Proof& proof, check::ThresholdId id, Spot const& spot, Text result);
  Text at_words(std::string const& name, Spot const& spot);
  bool first(std::uint32_t kind, std::uint32_t id, Spot const& spot) { return opened_.first(kind, id, spot.frame()); }

  Subject const& subject_;
  Proofs& proofs_;
  Visited opened_;
};

/// The rows of the decision in order, each with whether it held; criteria by name and status only.
Proof& of_decision(Subject const& subject, Proofs& proofs);
/// What the policy reports, in its order, each with what it was computed from.
Parts of_reports(Subject const& subject, Proofs& proofs);

}  // namespace waymark::explain
