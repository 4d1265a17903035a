// The policy as a graph of ZEN: a node of expressions, and a decision table of which the first row that fits decides.
import zen from '@gorules/zen-engine';

import { main } from './host.mjs';

const three = (yes, no) => `(${yes}) ? 'T' : (${no}) ? 'F' : 'U'`;
const isNew = "kind == 'new'";

const expressions = {
  demand: 'sum(map(occupations, #.openings == null ? 0 : #.openings))',
  wage_untold: 'some(occupations, #.median == null)',
  outlook_untold: 'some(occupations, #.openings == null)',
  c1: three('some(occupations, #.median != null and #.median >= living)', 'not $.wage_untold'),
  c2: three('some(occupations, #.entry != null and #.entry * 100 >= living * 80)', 'not $.wage_untold'),
  c3: three("$.demand >= (pathway_type == 'emerging' ? 25 : 50)", 'not $.outlook_untold'),
  c4: three('some(occupations, #.growth != null and #.growth >= 30)', 'not $.outlook_untold'),
  c5: "($.outlook_untold or completions == null) ? 'U' : completions * 100 <= $.demand * 150 ? 'T' : 'F'",
  needed: "pathway_type == 'accelerated' ? 12 : 9",
  c6: three('credits != null and articulation == true and credits >= $.needed',
            'articulation == false or (credits != null and credits < $.needed)'),
  c7: "credentials == null ? 'U' : some(credentials, # in priority) ? 'T' : 'F'",
  c8: `hours == null ? 'U' : hours >= (${isNew} ? 40 : 60) ? 'T' : 'F'`,
  deep: "(enrollment == null or concentrators == null) ? 'U' : concentrators * 100 >= enrollment * 25 ? 'T' : 'F'",
  c9: three("enrollment != null and enrollment >= 15 and $.deep == 'T'",
            "(enrollment != null and enrollment < 15) or $.deep == 'F'"),
  c10: `${isNew} ? 'T' : (completers == null or concentrators == null) ? 'U' : ` +
    "completers * 100 >= concentrators * 60 ? 'T' : 'F'",
  c11: `${isNew} ? 'T' : ` + three(
    'all(groups, (#.size != null and #.size < 10) or (#.rate != null and overall != null and overall - #.rate <= 100))',
    'some(groups, #.size != null and #.size >= 10 and #.rate != null and overall != null and overall - #.rate > 100)'),
  recent: `${isNew} ? 'T' : decided == null ? 'U' : decided >= 20210701 ? 'T' : 'F'`,
  c12: three("meetings != null and meetings >= 2 and $.recent == 'T'",
             "(meetings != null and meetings < 2) or $.recent == 'F'"),
  core: '[$.c1, $.c3, $.c6, $.c7]',
  others: '[$.c2, $.c4, $.c5, $.c8, $.c9, $.c10, $.c11, $.c12]',
  core_against: "count($.core, # == 'F')",
  others_against: "count($.others, # == 'F')",
  core_untold: "count($.core, # == 'U')",
  others_untold: "count($.others, # == 'U')",
  refused: '$.core_against >= 2 or ($.core_against >= 1 and $.others_against >= 2) or $.others_against >= 4',
  letters: '$.c1 + $.c2 + $.c3 + $.c4 + $.c5 + $.c6 + $.c7 + $.c8 + $.c9 + $.c10 + $.c11 + $.c12',
};

// refused, kind, years below, anything else; the outcome
const rows = [
  ['true', '"new"', '', '', 'deny'],
  ['true', '', 'null', '', 'needs information'],
  ['true', '', '>= 3', '', 'phase out'],
  ['true', '', '', '', 'conditional'],
  ['', '', '', 'core_untold >= 1 or others_untold >= 2', 'needs information'],
  ['', '', '', 'core_against >= 1 or others_against >= 1 or others_untold == 1', 'conditional'],
  ['', '"new"', '', '', 'approve'],
  ['', '', '', '', 'renew'],
];

const node = (id, type, content) => ({ id, type, name: id, content });
const edge = (sourceId, targetId) => ({ id: `${sourceId}-${targetId}`, type: 'edge', sourceId, targetId });
const graph = {
  nodes: [
    node('submission', 'inputNode', {}),
    node('criteria', 'expressionNode', {
      expressions: Object.entries(expressions).map(([key, value]) => ({ id: key, key, value })),
      passThrough: true,
    }),
    node('outcome', 'decisionTableNode', {
      hitPolicy: 'first',
      passThrough: false,
      inputs: ['refused', 'kind', 'years_below', ''].map((field, i) => ({ id: `in${i}`, name: `in${i}`, field })),
      outputs: ['outcome', 'letters'].map((field) => ({ id: field, name: field, field })),
      rules: rows.map(([in0, in1, in2, in3, outcome], i) =>
        ({ _id: `row${i}`, in0, in1, in2, in3, outcome: `"${outcome}"`, letters: 'letters' })),
    }),
    node('decision', 'outputNode', {}),
  ],
  edges: [edge('submission', 'criteria'), edge('criteria', 'outcome'), edge('outcome', 'decision')],
};

const decision = new zen.ZenEngine().createDecision(graph);
main((s) => decision.evaluate(s).then(({ result }) => [result.outcome, result.letters]), 64);
