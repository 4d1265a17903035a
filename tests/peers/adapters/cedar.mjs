// The policy in Cedar: a `permit` by which a criterion is met and one by which it is not; which of them are the reason of
// the answer says the letter. Cedar has no lists to run over and no nulls: an occupation is an attribute of its own, and
// what is missing is left out. Counting is left to the host, and the outcome is a second question.
import { createRequire } from 'node:module';

import { core, count, groups, main, others } from './host.mjs';

const cedar = createRequire(import.meta.url)('@cedar-policy/cedar-wasm/nodejs');

const is = (name) => `context has ${name}`;
const both = (...conditions) => conditions.map((one) => `(${one})`).join(' && ');
const either = (...conditions) => conditions.map((one) => `(${one})`).join(' || ');
const not = (condition) => `!(${condition})`;
const isNew = 'context.kind == "new"';

const slots = ['first', 'second', 'third'];
const some = (name, test) =>
  either(...slots.map((slot) => both(is(slot), `context.${slot} has ${name}`, test(`context.${slot}.${name}`))));
const lacks = (name) => either(...slots.map((slot) => both(is(slot), not(`context.${slot} has ${name}`))));
const demand = '(' + slots.map((slot) =>
  `(if ${is(slot)} && context.${slot} has openings then context.${slot}.openings else 0)`).join(' + ') + ')';

/// Met by a condition that holds on what is known; else not met, where nothing is missing.
const unless = (condition, missing) => [condition, both(not(condition), not(missing))];
/// Of facts that must be known for either.
const known = (names, condition) => [both(...names.map(is), condition), both(...names.map(is), not(condition))];

const credits = known(['credits'], 'context.credits >= (if context.pathway_type == "accelerated" then 12 else 9)');
const articulated = known(['articulation'], 'context.articulation');
const large = known(['enrollment'], 'context.enrollment >= 15');
const deep = known(['enrollment', 'concentrators'], 'context.concentrators * 100 >= context.enrollment * 25');
const often = known(['meetings'], 'context.meetings >= 2');
const recent = known(['decided'], 'context.decided >= 20210701');
const finished = known(['completers', 'concentrators'], 'context.completers * 100 >= context.concentrators * 60');
const small = groups.map((name) => known([`size_${name}`], `context.size_${name} < 10`));
const near = groups.map((name) => known([`rate_${name}`, 'overall'], `context.overall - context.rate_${name} <= 100`));

const criteria = [
  unless(some('median', (wage) => `${wage} >= context.living`), lacks('median')),
  unless(some('entry', (wage) => `${wage} * 100 >= context.living * 80`), lacks('median')),
  unless(`${demand} >= (if context.pathway_type == "emerging" then 25 else 50)`, lacks('openings')),
  unless(some('growth', (growth) => `${growth} >= 30`), lacks('openings')),
  known(['completions'], `context.completions * 100 <= ${demand} * 150`).map((one) => both(one, not(lacks('openings')))),
  [both(credits[0], articulated[0]), either(credits[1], articulated[1])],
  known(['credentials'], 'context.priority.containsAny(context.credentials)'),
  known(['hours'], `context.hours >= (if ${isNew} then 40 else 60)`),
  [both(large[0], deep[0]), either(large[1], deep[1])],
  [either(isNew, finished[0]), both(not(isNew), finished[1])],
  [either(isNew, both(...groups.map((_, i) => either(small[i][0], near[i][0])))),
   both(not(isNew), either(...groups.map((_, i) => both(small[i][1], near[i][1]))))],
  [both(often[0], either(isNew, recent[0])), either(often[1], both(not(isNew), recent[1]))],
];

const refused = either('context.core_against >= 2', both('context.core_against >= 1', 'context.others_against >= 2'),
                       'context.others_against >= 4');
const untold = either('context.core_untold >= 1', 'context.others_untold >= 2');
const doubt = either('context.core_against >= 1', 'context.others_against >= 1', 'context.others_untold == 1');
const dated = known(['years_below'], 'context.years_below >= 3');
const sound = both(not(refused), not(untold), not(doubt));
const outcomes = {
  deny: both(refused, isNew),
  'needs information': either(both(refused, not(isNew), not(is('years_below'))), both(not(refused), untold)),
  'phase out': both(refused, not(isNew), dated[0]),
  conditional: either(both(refused, not(isNew), dated[1]), both(not(refused), not(untold), doubt)),
  approve: both(sound, isNew),
  renew: both(sound, not(isNew)),
};

function ready(name, conditions) {
  const staticPolicies = {};
  for (const [id, condition] of conditions) {
    staticPolicies[id] = `permit(principal, action, resource) when { ${condition} };`;
  }
  const read = cedar.preparsePolicySet(name, { staticPolicies });
  if (read.type !== 'success') throw new Error(JSON.stringify(read));
}
ready('criteria', criteria.flatMap(([yes, no], i) => [[`${i}T`, yes], [`${i}F`, no]]));
ready('outcomes', Object.entries(outcomes));

/// The policies that permit.
function ask(policies, context) {
  const answer = cedar.statefulIsAuthorized({
    principal: { type: 'Staff', id: 'one' }, action: { type: 'Action', id: 'decide' },
    resource: { type: 'Pathway', id: 'one' }, context, preparsedPolicySetId: policies, entities: [],
    validateRequest: false,
  });
  if (answer.type !== 'success' || answer.response.diagnostics.errors.length > 0) throw new Error(JSON.stringify(answer));
  return answer.response.diagnostics.reason;
}

const without = (object) => Object.fromEntries(Object.entries(object).filter(([, value]) => value !== null));

function contextOf(s) {
  const { id, occupations, groups: own, ...rest } = s;
  const out = without(rest);
  occupations.forEach((one, i) => (out[slots[i]] = without(one)));
  own.forEach((group, i) => {
    if (group.size !== null) out[`size_${groups[i]}`] = group.size;
    if (group.rate !== null) out[`rate_${groups[i]}`] = group.rate;
  });
  return out;
}

main((s) => {
  const fired = new Set(ask('criteria', contextOf(s)));
  const letters = criteria.map((_, i) => (fired.has(`${i}T`) ? 'T' : fired.has(`${i}F`) ? 'F' : 'U')).join('');
  const permitted = ask('outcomes', without({
    kind: s.kind, years_below: s.years_below,
    core_against: count(letters, core, 'F'), others_against: count(letters, others, 'F'),
    core_untold: count(letters, core, 'U'), others_untold: count(letters, others, 'U'),
  }));
  if (permitted.length !== 1) throw new Error(`${s.id} has ${permitted.length} outcomes`);
  return [permitted[0], letters];
});
