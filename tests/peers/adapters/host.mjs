// What a rules engine in JavaScript leaves to its host: reading lines, joining evidence, printing. An adapter is called
// as `node ADAPTER.mjs EVIDENCE_FOLDER SUBMISSIONS.jsonl` and prints what `waymark review --format csv` prints.
import fs from 'node:fs';

export const groups = ['male', 'female', 'econ', 'swd', 'el'];
export const core = [0, 2, 5, 6]; // places of the core criteria
export const others = [1, 3, 4, 7, 8, 9, 10, 11];

function table(folder, name, each) {
  for (const line of fs.readFileSync(`${folder}/${name}.csv`, 'utf8').trimEnd().split('\n').slice(1)) each(line.split(','));
}

function readEvidence(folder) {
  const wages = new Map(), outlook = new Map(), completions = new Map(), priority = new Map(), living = new Map();
  table(folder, 'wages', ([soc, region, entry, median]) => wages.set(soc + region, [+median, +entry]));
  table(folder, 'openings', ([soc, region, openings, growth]) => outlook.set(soc + region, [+openings, +growth]));
  table(folder, 'completions', ([cip, region, count]) => completions.set(cip + region, +count));
  table(folder, 'living_wage', ([region, wage]) => living.set(region, +wage));
  table(folder, 'priority_credentials', ([cip, credential]) => {
    if (!priority.has(cip)) priority.set(cip, []);
    priority.get(cip).push(credential);
  });
  return { wages, outlook, completions, priority, living };
}

/// A submission with its evidence, flat; what is missing is null.
function joined(evidence, s) {
  const occupations = s.soc.map((soc) => {
    const [median, entry] = evidence.wages.get(soc + s.region) ?? [null, null];
    const [openings, growth] = evidence.outlook.get(soc + s.region) ?? [null, null];
    return { median, entry, openings, growth };
  });
  return {
    id: s.id, kind: s.kind, pathway_type: s.pathway_type, occupations,
    living: evidence.living.get(s.region),
    completions: evidence.completions.get(s.cip + s.region) ?? null,
    priority: evidence.priority.get(s.cip) ?? [],
    credentials: s.credentials ?? null,
    credits: s.postsecondary_credits ?? null,
    articulation: s.articulation ?? null,
    hours: s.wbl_hours ?? null,
    enrollment: s.enrollment ?? null,
    concentrators: s.concentrators ?? null,
    completers: s.completers ?? null,
    meetings: s.advisory_meetings ?? null,
    years_below: s.years_below_threshold ?? null,
    decided: s.last_decision == null ? null : Number(s.last_decision.replaceAll('-', '')),
    overall: s.rates.all ?? null,
    groups: groups.map((name) => ({ size: s.counts[name] ?? null, rate: s.rates[name] ?? null })),
  };
}

function* lines(path) {
  const file = fs.openSync(path, 'r');
  const piece = Buffer.allocUnsafe(1 << 20);
  let rest = '';
  for (let got; (got = fs.readSync(file, piece, 0, piece.length, null)) > 0; ) {
    const whole = (rest + piece.latin1Slice(0, got)).split('\n'); // codes and titles are ASCII
    rest = whole.pop();
    yield* whole;
  }
  fs.closeSync(file);
}

/// How many of the letters at these places are `letter`.
export function count(letters, places, letter) {
  let found = 0;
  for (const place of places) found += letters[place] === letter ? 1 : 0;
  return found;
}

/// `decide` gives [outcome, letters] of a joined submission, or a promise of it; so many are asked for at once.
export function main(decide, atOnce = 1) {
  const [folder, path] = process.argv.slice(2);
  return run(decide, lines(path), readEvidence(folder), atOnce);
}

async function run(decide, submissions, evidence, atOnce) {
  let out = 'submission,outcome,criteria\n';
  const print = (id, [outcome, letters]) => {
    out += `${id},${outcome},${letters}\n`;
    if (out.length > 1 << 18) flush();
  };
  const flush = () => {
    fs.writeFileSync(1, out);
    out = '';
  };
  let asked = [];
  const settle = async () => {
    for (const [id, answer] of asked) print(id, await answer);
    asked = [];
  };
  for (const line of submissions) {
    const submission = joined(evidence, JSON.parse(line));
    const answer = decide(submission);
    if (typeof answer.then !== 'function') {
      print(submission.id, answer);
      continue;
    }
    asked.push([submission.id, answer]);
    if (asked.length === atOnce) await settle();
  }
  await settle();
  flush();
}
