// The policy for json-rules-engine: for each criterion a rule by which it is met and one by which it is not, and a rule
// for each outcome in a second engine. It has no sums, no products and no two facts in one comparison beyond a
// difference of their names, so the host computes those.
import { createRequire } from 'node:module';

import { core, count, main, others } from './host.mjs';

const { Engine } = createRequire(import.meta.url)('json-rules-engine');

const is = (fact, operator, value) => ({ fact, operator, value });
const eq = (fact, value) => is(fact, 'equal', value);
const known = (fact) => is(fact, 'notEqual', null);
const atLeast = (fact, value) => is(fact, 'greaterThanInclusive', value);
const below = (fact, value) => is(fact, 'lessThan', value);
const all = (...conditions) => ({ all: conditions });
const any = (...conditions) => ({ any: conditions });
const none = (condition) => ({ not: condition });
const isNew = eq('kind', 'new'), isRenewal = eq('kind', 'renewal');

const places = [0, 1, 2, 3, 4];
const small = (i) => all(known(`size${i}`), below(`size${i}`, 10));
const near = (i) => all(known(`gap${i}`), is(`gap${i}`, 'lessThanInclusive', 100));
const far = (i) =>
  all(known(`size${i}`), known(`gap${i}`), atLeast(`size${i}`, 10), is(`gap${i}`, 'greaterThan', 100));

// [met, not met]; facts whose names end in `_left` are differences from what is required, or null.
const criteria = [
  [all(known('wage_left'), atLeast('wage_left', 0)), all(eq('wage_untold', false), below('wage_left', 0))],
  [all(known('entry_left'), atLeast('entry_left', 0)), all(eq('wage_untold', false), below('entry_left', 0))],
  [atLeast('demand_left', 0), all(eq('outlook_untold', false), below('demand_left', 0))],
  [all(known('growth'), atLeast('growth', 30)), all(eq('outlook_untold', false), below('growth', 30))],
  [all(known('supply_left'), atLeast('supply_left', 0)), all(known('supply_left'), below('supply_left', 0))],
  [all(known('credits_left'), atLeast('credits_left', 0), eq('articulation', true)),
   any(all(known('credits_left'), below('credits_left', 0)), eq('articulation', false))],
  [eq('listed', true), eq('listed', false)],
  [all(known('hours_left'), atLeast('hours_left', 0)), all(known('hours_left'), below('hours_left', 0))],
  [all(known('enrollment'), known('depth_left'), atLeast('enrollment', 15), atLeast('depth_left', 0)),
   any(all(known('enrollment'), below('enrollment', 15)), all(known('depth_left'), below('depth_left', 0)))],
  [any(isNew, all(known('completion_left'), atLeast('completion_left', 0))),
   all(isRenewal, known('completion_left'), below('completion_left', 0))],
  [any(isNew, all(...places.map((i) => any(small(i), near(i))))), all(isRenewal, any(...places.map(far)))],
  [all(known('meetings'), atLeast('meetings', 2), any(isNew, all(known('decided'), atLeast('decided', 20210701)))),
   any(all(known('meetings'), below('meetings', 2)), all(isRenewal, known('decided'), below('decided', 20210701)))],
];

const refused = any(atLeast('core_against', 2), all(atLeast('core_against', 1), atLeast('others_against', 2)),
                    atLeast('others_against', 4));
const untold = any(atLeast('core_untold', 1), atLeast('others_untold', 2));
const doubt = any(atLeast('core_against', 1), atLeast('others_against', 1), eq('others_untold', 1));
const sound = all(none(refused), none(untold), none(doubt));
const outcomes = {
  deny: all(refused, isNew),
  'needs information': any(all(refused, isRenewal, eq('years_below', null)), all(none(refused), untold)),
  'phase out': all(refused, isRenewal, known('years_below'), atLeast('years_below', 3)),
  conditional: any(all(refused, isRenewal, known('years_below'), below('years_below', 3)),
                   all(none(refused), none(untold), doubt)),
  approve: all(sound, isNew),
  renew: all(sound, isRenewal),
};

function engineOf(rules) {
  const engine = new Engine();
  for (const [type, condition] of rules) {
    engine.addRule({ conditions: condition.all || condition.any ? condition : all(condition), event: { type } });
  }
  return engine;
}
const first = engineOf(criteria.flatMap(([yes, no], i) => [[`${i}T`, yes], [`${i}F`, no]]));
const second = engineOf(Object.entries(outcomes));

const most = (values) => (values.every((value) => value === null) ? null : Math.max(...values.filter((v) => v !== null)));
const left = (values, difference) => (values.includes(null) ? null : difference(...values));

function facts(s) {
  const demand = s.occupations.reduce((sum, one) => sum + (one.openings ?? 0), 0);
  const outlookUntold = s.occupations.some((one) => one.openings === null);
  const out = {
    kind: s.kind, articulation: s.articulation, enrollment: s.enrollment, meetings: s.meetings, decided: s.decided,
    wage_untold: s.occupations.some((one) => one.median === null),
    outlook_untold: outlookUntold,
    wage_left: left([most(s.occupations.map((one) => one.median))], (wage) => wage - s.living),
    entry_left: left([most(s.occupations.map((one) => one.entry))], (wage) => wage * 100 - s.living * 80),
    growth: most(s.occupations.map((one) => one.growth)),
    demand_left: demand - (s.pathway_type === 'emerging' ? 25 : 50),
    supply_left: outlookUntold ? null : left([s.completions], (count) => demand * 150 - count * 100),
    credits_left: left([s.credits], (credits) => credits - (s.pathway_type === 'accelerated' ? 12 : 9)),
    listed: s.credentials === null ? null : s.credentials.some((one) => s.priority.includes(one)),
    hours_left: left([s.hours], (hours) => hours - (s.kind === 'new' ? 40 : 60)),
    depth_left: left([s.concentrators, s.enrollment], (part, whole) => part * 100 - whole * 25),
    completion_left: left([s.completers, s.concentrators], (part, whole) => part * 100 - whole * 60),
  };
  s.groups.forEach((group, i) => {
    out[`size${i}`] = group.size;
    out[`gap${i}`] = left([s.overall, group.rate], (overall, rate) => overall - rate);
  });
  return out;
}

main(async (s) => {
  const fired = new Set((await first.run(facts(s))).events.map((event) => event.type));
  const letters = criteria.map((_, i) => (fired.has(`${i}T`) ? 'T' : fired.has(`${i}F`) ? 'F' : 'U')).join('');
  const { events } = await second.run({
    kind: s.kind, years_below: s.years_below,
    core_against: count(letters, core, 'F'), others_against: count(letters, others, 'F'),
    core_untold: count(letters, core, 'U'), others_untold: count(letters, others, 'U'),
  });
  if (events.length !== 1) throw new Error(`${s.id} has ${events.length} outcomes`);
  return [events[0].type, letters];
});
