// The policy in plain JavaScript: what a team writes that uses no engine. Truths are true, false and null.
import { core, count, main, others } from './host.mjs';

const all = (...parts) => (parts.includes(false) ? false : parts.includes(null) ? null : true);
const any = (...parts) => (parts.includes(true) ? true : parts.includes(null) ? null : false);
const atLeast = (value, limit) => (value === null ? null : value >= limit);
const share = (part, whole, percent) => (part === null || whole === null ? null : part * 100 >= whole * percent);

function criteria(s) {
  const isNew = s.kind === 'new';
  const each = (test) => any(...s.occupations.map(test));
  const demand = s.occupations.map((one) => one.openings);
  const untold = demand.includes(null);
  const openings = demand.reduce((sum, one) => sum + (one ?? 0), 0);
  const near = ({ size, rate }) =>
    any(size === null ? null : size < 10, rate === null || s.overall === null ? null : s.overall - rate <= 100);
  return [
    each((one) => atLeast(one.median, s.living)),
    each((one) => (one.entry === null ? null : one.entry * 100 >= 80 * s.living)),
    openings >= (s.pathway_type === 'emerging' ? 25 : 50) ? true : untold ? null : false,
    each((one) => atLeast(one.growth, 30)),
    untold || s.completions === null ? null : s.completions * 100 <= 150 * openings,
    all(atLeast(s.credits, s.pathway_type === 'accelerated' ? 12 : 9), s.articulation),
    s.credentials === null ? null : s.credentials.some((one) => s.priority.includes(one)),
    atLeast(s.hours, isNew ? 40 : 60),
    all(atLeast(s.enrollment, 15), share(s.concentrators, s.enrollment, 25)),
    isNew || share(s.completers, s.concentrators, 60),
    isNew || all(...s.groups.map(near)),
    all(atLeast(s.meetings, 2), isNew || atLeast(s.decided, 20210701)),
  ];
}

function outcome(s, letters) {
  const coreAgainst = count(letters, core, 'F'), othersAgainst = count(letters, others, 'F');
  const coreUntold = count(letters, core, 'U'), othersUntold = count(letters, others, 'U');
  const isNew = s.kind === 'new';
  if (coreAgainst >= 2 || (coreAgainst >= 1 && othersAgainst >= 2) || othersAgainst >= 4) {
    if (isNew) return 'deny';
    if (s.years_below === null) return 'needs information';
    return s.years_below >= 3 ? 'phase out' : 'conditional';
  }
  if (coreUntold >= 1 || othersUntold >= 2) return 'needs information';
  if (coreAgainst >= 1 || othersAgainst >= 1 || othersUntold === 1) return 'conditional';
  return isNew ? 'approve' : 'renew';
}

main((s) => {
  const letters = criteria(s).map((truth) => (truth === null ? 'U' : truth ? 'T' : 'F')).join('');
  return [outcome(s, letters), letters];
});
