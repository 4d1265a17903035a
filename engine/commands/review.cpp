// `waymark review`: submissions against a policy. Lines are read, decided and written down by several threads at once;
// other inputs, and what is recorded, are read on this one and then decided by several. All is printed in the input's
// order.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <memory>
#include <mutex>

#include "engine/commands/decisions_output.hpp"
#include "engine/commands/environment.hpp"
#include "engine/commands/feed.hpp"
#include "engine/commands/history.hpp"
#include "engine/commands/interrupt.hpp"
#include "engine/commands/other_editions.hpp"
#include "engine/commands/parallel.hpp"
#include "engine/commands/progress.hpp"
#include "engine/commands/recording.hpp"
#include "engine/commands/report.hpp"
#include "engine/commands/same_review.hpp"
#include "engine/commands/streams.hpp"
#include "engine/commands/targets.hpp"
#include "engine/commands/turns.hpp"
#include "engine/commands/verbs.hpp"
#include "engine/commands/version.hpp"

namespace waymark::commands {
namespace {

struct Asked {
  ReviewAsked review;
  LedgerAsked ledger;
  std::vector<std::string> submissions;
  std::string format;
  std::string explain = "short";
  bool strict = false;
  std::optional<std::uint32_t> threads;
};

OutputAsked output_of(Asked const& asked) {
  OutputAsked output;
  bool const text = asked.format == "text" || (asked.format.empty() && output_is_terminal());
  output.format = asked.format == "csv" ? OutputFormat::csv : text ? OutputFormat::text : OutputFormat::jsonl;
  output.detail = asked.explain == "none"   ? explain::Detail::none
                  : asked.explain == "full" ? explain::Detail::full
                                            : explain::Detail::short_reasons;
  return output;
}

// The ledger to which a run records, and what it knew when the run began.
struct OnRecord {
  std::unique_ptr<Recording> recording;
  History history;
};

class Review {
 public:
  Review(Reviewer& reviewer, Asked const& asked, std::vector<std::unique_ptr<Feed>> feeds,
         std::optional<OnRecord> on_record)
      : reviewer_(reviewer),
        asked_(asked),
        on_record_(std::move(on_record)),
        output_(output_of(asked)),
        threads_(std::max(1U, asked.threads.value_or(processors()))),
        feeds_(std::move(feeds)),
        counting_(reviewer),
        progress_(bytes_of_all()) {}

  ExitCode run();

 private:
  std::uint64_t bytes_of_all() const;
  void run_feed(Feed& feed);
  void run_in_blocks(Feed& feed);
  bool goes_in_blocks() const;
  void tell_of(grammar::DataDiagnostics const& diagnostics);
  void decide(std::vector<cases::Batch> batches, cases::Format format);
  ledger::LedgerResult<std::vector<std::vector<std::uint64_t>>> record(std::vector<std::unique_ptr<Judged>>& all,
                                                                       cases::Format format);
  bool add_history(std::vector<cases::Batch>& batches, cases::Format format);
  void put(Printed const& printed);
  using UnknownWaivers = std::map<std::string, std::size_t>;  // by name: in how many submissions
  UnknownWaivers unknown_waivers(cases::Batch const& batch) const;
  void note(UnknownWaivers const& waivers);
  void say_at_end();
  bool has_trouble() const { return ledger_failed_.has_value() || std::ferror(stdout) != 0; }

  Reviewer& reviewer_;
  Asked const& asked_;
  std::optional<OnRecord> on_record_;
  std::optional<ExitCode> ledger_failed_;
  OutputAsked output_;
  std::size_t threads_;
  std::vector<std::unique_ptr<Feed>> feeds_;
  std::shared_ptr<cases::Notices> notices_ = cases::new_notices();
  Counting counting_;
  Progress progress_;
  std::uint64_t bytes_read_ = 0;
  Tally tally_;
  std::vector<std::size_t> widths_;  // of the table; those of the first rows, once printed
  UnknownWaivers unknown_waivers_;
  bool input_failed_ = false;
  bool input_faulty_ = false;
};

std::uint64_t Review::bytes_of_all() const {
  std::uint64_t sum = 0;
  for (auto const& feed : feeds_) sum += feed->bytes();
  return sum;
}

void Review::put(Printed const& printed) {
  progress_.clear();
  tally_.add(printed.tally);
  write(stdout, printed.text);
  if (!printed.rows.empty()) {
    if (widths_.empty()) {
      Row const heading = table_heading(reviewer_.program(), output_);
      std::vector<Row> rows = printed.rows;
      rows.push_back(heading);
      widths_ = widths_of(rows);
      write(stdout, aligned(heading, widths_) + rule(widths_));
    }
    for (Row const& row : printed.rows) write(stdout, aligned(row, widths_));
  }
  write(stdout, printed.explanations);
}

// A waiver under a name that the policy does not have waives nothing, and must not do so in silence.
Review::UnknownWaivers Review::unknown_waivers(cases::Batch const& batch) const {
  UnknownWaivers out;
  auto const known = [&](std::string const& name) {
    return std::any_of(reviewer_.epochs().begin(), reviewer_.epochs().end(), [&](check::Epoch const& epoch) {
      auto const& waivers = epoch.program->waivers;
      return std::any_of(waivers.begin(), waivers.end(),
                         [&](check::Waiver const& waiver) { return waiver.name == name; });
    });
  };
  for (auto const& of_case : batch.waivers) {
    for (cases::WaiverOnRecord const& on_record : of_case) {
      if (!known(on_record.waiver)) ++out[on_record.waiver];
    }
  }
  return out;
}

void Review::note(UnknownWaivers const& waivers) {
  for (auto const& [name, submissions] : waivers) unknown_waivers_[name] += submissions;
}

bool Review::add_history(std::vector<cases::Batch>& batches, cases::Format format) {
  if (!on_record_) return true;
  SameReview same(reviewer_);
  for (cases::Batch& batch : batches) {
    auto const dates = review_dates(reviewer_, batch).dates;
    auto const recorded = [&](std::uint32_t i) {
      auto const& origin = batch.origins[i];
      return on_record_->recording->decided(
          same.of(values::sha256(origin.received), format, origin.line, dates[i], kSemantics));
    };
    if (auto const done = on_record_->history.fill(batch, reviewer_.symbols, recorded); !done) {
      ledger_failed_ = say_ledger_error(done.error());
      return false;
    }
  }
  return true;
}

// Without a ledger there is nothing to record, and no seqs.
ledger::LedgerResult<std::vector<std::vector<std::uint64_t>>> Review::record(std::vector<std::unique_ptr<Judged>>& all,
                                                                             cases::Format format) {
  if (!on_record_) return std::vector<std::vector<std::uint64_t>>(all.size());
  std::vector<Recording::Made> made(all.size());
  in_parallel(all.size(), threads_, [&](std::size_t i) { made[i] = on_record_->recording->make(all[i], format); });
  return on_record_->recording->record(all, std::move(made));
}

// No record, no decision: nothing is printed before it is recorded.
void Review::decide(std::vector<cases::Batch> batches, cases::Format format) {
  if (!add_history(batches, format)) return;
  for (cases::Batch const& batch : batches) note(unknown_waivers(batch));
  std::vector<std::unique_ptr<Judged>> judged(batches.size());
  in_parallel(batches.size(), threads_, [&](std::size_t i) {
    judged[i] = std::make_unique<Judged>(reviewer_, std::move(batches[i]));
    judged[i]->decide();
  });
  auto const seqs = record(judged, format);
  if (!seqs) {
    ledger_failed_ = say_ledger_error(seqs.error());
    return;
  }
  std::vector<Printed> printed(judged.size());
  in_parallel(judged.size(), threads_,
              [&](std::size_t i) { printed[i] = print(*judged[i], output_, counting_, (*seqs)[i]); });
  for (Printed const& one : printed) put(one);
  std::fflush(stdout);
}

void Review::tell_of(grammar::DataDiagnostics const& diagnostics) {
  for (grammar::DataDiagnostic const& diagnostic : diagnostics) {
    progress_.clear();
    tell({diagnostic});
    input_failed_ = input_failed_ || diagnostic.code == grammar::Code::submissions_not_read;
    input_faulty_ = input_faulty_ || diagnostic.severity == grammar::Severity::error;
  }
}

// A ledger takes decisions one after the other; a table has the widths of its first batch.
bool Review::goes_in_blocks() const { return !on_record_ && output_.format != OutputFormat::text; }

// Each thread takes the next lines, reads them, decides and prints, whatever the others do meanwhile. Only what has an
// order is done in turn: taking lines, what is said and remembered of them, and what is written.
void Review::run_in_blocks(Feed& feed) {
  struct Taken {
    Turns::Number number;
    std::uint64_t bytes_read;
  };
  // What is explained in full is much, and a thread holds it until it is its turn to write.
  std::size_t const most = output_.detail == explain::Detail::full ? kBatch / 8 : kBatch;
  std::uint64_t const before = bytes_read_;
  Turns::Number count = 0;
  std::mutex taking;
  Turns settling;
  Turns writing;
  auto const take = [&](cases::Block& block) -> std::optional<Taken> {
    std::lock_guard const alone(taking);
    bool const more = !interrupted() && !has_trouble() && feed.next_block(block, most);
    // What Ctrl-C cut off is not told: the last line would look as if it had been sent that way.
    if (!more || interrupted()) return std::nullopt;
    return Taken{count++, before + feed.bytes_read()};
  };
  on_threads(threads_, [&](auto const& more_to_do) {
    auto const block = feed.new_block();
    while (auto const taken = take(*block)) {
      more_to_do();
      block->read();
      settling.wait_for(taken->number);
      cases::Batch batch = feed.settle(*block);
      auto const diagnostics = feed.take_diagnostics();
      settling.pass();
      auto const waivers = unknown_waivers(batch);
      Printed printed;
      if (batch.size() > 0) {
        Judged judged(reviewer_, std::move(batch));
        judged.decide();
        printed = print(judged, output_, counting_, {});
      }
      writing.wait_for(taken->number);
      // Where one could not be written, nothing is said of those that other threads took meanwhile.
      if (!has_trouble()) {
        tell_of(diagnostics);
        note(waivers);
        put(printed);
        std::fflush(stdout);
        bytes_read_ = taken->bytes_read;
        progress_.show(tally_.total(), bytes_read_);
      }
      writing.pass();
    }
  });
}

void Review::run_feed(Feed& feed) {
  auto setting = reviewer_.case_setting();
  setting.notices = notices_;
  setting.keep_received = on_record_.has_value();
  feed.start(setting);
  if (goes_in_blocks() && feed.new_block()) return run_in_blocks(feed);
  std::uint64_t const before = bytes_read_;
  while (!interrupted() && !has_trouble()) {
    std::vector<cases::Batch> batches = feed.next(2 * threads_);
    // What Ctrl-C cut off is not told: the last line would look as if it had been sent that way.
    if (interrupted()) break;
    tell_of(feed.take_diagnostics());
    if (batches.empty()) break;
    decide(std::move(batches), feed.format());
    bytes_read_ = before + feed.bytes_read();
    progress_.show(tally_.total(), bytes_read_);
  }
}

void Review::say_at_end() {
  progress_.clear();
  if (output_.format == OutputFormat::text && tally_.total() > 0) out("{}", summary(tally_, reviewer_.program()));
  std::fflush(stdout);
  if (tally_.undated > 0) {
    talk("waymark: {} without a review date of {} own {} reviewed as of today, {} in universal time\n",
         counted(tally_.undated, "submission"), tally_.undated == 1 ? "its" : "their",
         tally_.undated == 1 ? "is" : "are", values::write_date(reviewer_.today));
  }
  if (on_record_) {
    for (auto const& [field, stated] : on_record_->history.stated()) {
      talk(
          "waymark: warning: what {} state{} of `{}` does not count ({}{}): with a ledger it is what the ledger "
          "holds\n",
          counted(stated.submissions, "submission"), stated.submissions == 1 ? "s" : "", field, stated.first,
          stated.submissions == 1 ? "" : fmt::format(" and {} more", stated.submissions - 1));
    }
  }
  for (auto const& [name, submissions] : unknown_waivers_) {
    talk("waymark: warning: the policy has no waiver `{}`: it waives nothing in {}\n", name,
         counted(submissions, "submission"));
  }
  if (on_record_) {
    talk("waymark: {} recorded{}\n", counted(on_record_->recording->recorded(), "decision"),
         on_record_->recording->recorded_before() == 0
             ? ""
             : fmt::format(", {} recorded before", on_record_->recording->recorded_before()));
    if (auto const again = on_record_->recording->decided_again(); again != 0) {
      talk(
          "waymark: {} of them {} decided before, for the same review date: rules, evidence, facts or what people put "
          "on record changed since. By its id a submission is found in its newest decision\n",
          again, again == 1 ? "was" : "were");
    }
  }
  if (auto const said = cases::ids_not_compared(*notices_, feeds_.back()->name())) tell({*said});
  tell(outside_code_warnings(reviewer_, tally_.outside));
  tell(other_edition_warnings(reviewer_, tally_.evidence, reviewer_.date.value_or(reviewer_.today)));
  for (std::string const& line : unmatched_lines(reviewer_, tally_.unmatched)) talk("waymark: warning: {}\n", line);
}

ExitCode Review::run() {
  if (!reviewer_.date && !review_date_position(reviewer_.program())) {
    talk("waymark: the review date is today, {} in universal time; --date names another\n",
         values::write_date(reviewer_.today));
  }
  out("{}", head(output_));
  std::fflush(stdout);  // whoever waits for it before sending anything gets it
  for (auto const& feed : feeds_) run_feed(*feed);
  say_at_end();
  if (ledger_failed_) return *ledger_failed_;
  if (interrupted()) return ExitCode::interrupted;
  if (input_failed_) return ExitCode::world;
  if (tally_.not_reviewed > 0 || input_faulty_) return ExitCode::findings;
  return asked_.strict && tally_.unfavourable > 0 ? ExitCode::findings : ExitCode::done;
}

// The ledger that was asked for, or none; or what keeps it from being written to, said, with its exit code.
values::Result<std::optional<OnRecord>, ExitCode> on_record(Asked const& asked, Reviewer const& reviewer) {
  if (!asked.ledger.wanted()) return std::optional<OnRecord>();
  auto const& workspace = reviewer.rulebook.workspace;
  auto const file = ledger_file_or_say(asked.ledger, workspace);
  if (!file) return values::failure(ExitCode::usage);
  ExitCode code = ExitCode::world;
  auto writer = open_to_record(*file, workspace, code);
  if (!writer) return values::failure(code);
  auto reader = open_to_audit(*file, code);
  if (!reader) return values::failure(code);
  auto recording = Recording::begin(std::move(*writer), *reader, reviewer);
  if (!recording) return values::failure(say_ledger_error(recording.error()));
  auto history = History::open(std::move(*reader), reviewer);
  if (!history) return values::failure(say_ledger_error(history.error()));
  (*recording)->history_is_of(history->size());
  auto const empty = history->is_empty();
  if (!empty) return values::failure(say_ledger_error(empty.error()));
  if (*empty && history->is_asked_for()) {
    talk(
        "waymark: `{}` holds no earlier decision, so that to this policy every submission is the first of its pathway; "
        "what another ledger holds of earlier years is taken over by `waymark record history`, before the review\n",
        *file);
  }
  return OnRecord{std::move(*recording), std::move(*history)};
}

ExitCode review(Asked const& asked) {
  if (asked.submissions.empty()) {
    say("no submissions are named\n  = help: name a file with --submissions FILE, or standard input with "
        "--submissions -");
    return ExitCode::usage;
  }
  Prepared prepared = prepare(asked.review);
  if (!prepared.reviewer) return prepared.code;
  if (!prepared.reviewer->decides()) {
    say(no_decision_words(*prepared.reviewer, asked.review.policy));
    return ExitCode::usage;
  }
  auto feeds = open_or_say(asked.submissions);
  if (!feeds) return ExitCode::unreadable;
  watch_interrupts();
  auto ledger = on_record(asked, *prepared.reviewer);
  if (!ledger) return ledger.error();
  return Review(*prepared.reviewer, asked, std::move(*feeds), std::move(*ledger)).run();
}

}  // namespace

Verb review_verb() {
  return {"review", "Reviews submissions against a policy and prints the decisions", [](Options& options) -> Run {
            auto const asked = std::make_shared<Asked>();
            declare(options, asked->review);
            options.values("--submissions", asked->submissions,
                           "A file (.jsonl, .json, .csv, .toml), or - for JSON Lines on standard input");
            options.value("--ledger", asked->ledger.file, "Record every decision in this ledger (made when new)");
            options.flag("--record", asked->ledger.record, "Record every decision in the workspace's ledger");
            options.choice("--format", asked->format, {"text", "jsonl", "csv"},
                           "How decisions are printed (default: text on a terminal, else jsonl)");
            options.choice("--explain", asked->explain, {"none", "short", "full"}, "How much is said about why");
            options.flag("--strict", asked->strict, "Exit code 1 when some outcome is not favourable");
            options.value("--threads", asked->threads,
                          "How many threads read and decide (default: as many as the machine has)");
            return [asked] { return review(*asked); };
          }};
}

}  // namespace waymark::commands
