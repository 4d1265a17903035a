// The policy in CEL, for two evaluators: `node cel.mjs EVIDENCE SUBMISSIONS marc|buf`. CEL has no variables and no sums:
// each expression's value is put into the context under its name, and the sum is written out for three occupations.
import { main } from './host.mjs';

const openings = [0, 1, 2].map((i) =>
  `(size(occupations) > ${i} && occupations[${i}].openings != null ? occupations[${i}].openings : 0.0)`).join(' + ');
const three = (yes, no) => `${yes} ? "T" : ${no} ? "F" : "U"`;
const isNew = 'kind == "new"';

const expressions = {
  demand: openings,
  wage_untold: 'occupations.exists(o, o.median == null)',
  outlook_untold: 'occupations.exists(o, o.openings == null)',
  c1: three('occupations.exists(o, o.median != null && o.median >= living)', '!wage_untold'),
  c2: three('occupations.exists(o, o.entry != null && o.entry * 100.0 >= living * 80.0)', '!wage_untold'),
  c3: three('demand >= (pathway_type == "emerging" ? 25.0 : 50.0)', '!outlook_untold'),
  c4: three('occupations.exists(o, o.growth != null && o.growth >= 30.0)', '!outlook_untold'),
  c5: `outlook_untold || completions == null ? "U" : completions * 100.0 <= demand * 150.0 ? "T" : "F"`,
  needed: 'pathway_type == "accelerated" ? 12.0 : 9.0',
  c6: three('(credits != null && articulation != null && articulation && credits >= needed)',
            '((articulation != null && !articulation) || (credits != null && credits < needed))'),
  c7: 'credentials == null ? "U" : credentials.exists(c, c in priority) ? "T" : "F"',
  c8: `hours == null ? "U" : hours >= (${isNew} ? 40.0 : 60.0) ? "T" : "F"`,
  deep: three('(enrollment != null && concentrators != null && concentrators * 100.0 >= enrollment * 25.0)',
              '(enrollment != null && concentrators != null)'),
  c9: three('(enrollment != null && enrollment >= 15.0 && deep == "T")',
            '((enrollment != null && enrollment < 15.0) || deep == "F")'),
  c10: `${isNew} ? "T" : completers == null || concentrators == null ? "U" : ` +
    'completers * 100.0 >= concentrators * 60.0 ? "T" : "F"',
  c11: `${isNew} ? "T" : ` + three(
    'groups.all(g, (g.size != null && g.size < 10.0) || (g.rate != null && overall != null && overall - g.rate <= 100.0))',
    'groups.exists(g, g.size != null && g.size >= 10.0 && g.rate != null && overall != null && overall - g.rate > 100.0)'),
  recent: `${isNew} ? "T" : decided == null ? "U" : decided >= 20210701.0 ? "T" : "F"`,
  c12: three('(meetings != null && meetings >= 2.0 && recent == "T")',
             '((meetings != null && meetings < 2.0) || recent == "F")'),
  core: '[c1, c3, c6, c7]',
  others: '[c2, c4, c5, c8, c9, c10, c11, c12]',
  core_against: 'core.filter(c, c == "F").size()',
  others_against: 'others.filter(c, c == "F").size()',
  core_untold: 'core.filter(c, c == "U").size()',
  others_untold: 'others.filter(c, c == "U").size()',
  outcome: '(core_against >= 2 || (core_against >= 1 && others_against >= 2) || others_against >= 4) ? ' +
    `(${isNew} ? "deny" : years_below == null ? "needs information" : years_below >= 3.0 ? "phase out" : "conditional")` +
    ' : (core_untold >= 1 || others_untold >= 2) ? "needs information"' +
    ' : (core_against >= 1 || others_against >= 1 || others_untold == 1) ? "conditional"' +
    ` : ${isNew} ? "approve" : "renew"`,
  letters: 'c1 + c2 + c3 + c4 + c5 + c6 + c7 + c8 + c9 + c10 + c11 + c12',
};

async function compilerOf(evaluator) {
  if (evaluator === 'marc') {
    const { Environment } = await import('@marcbachmann/cel-js');
    const environment = new Environment({ unlistedVariablesAreDyn: true });
    return (text) => environment.parse(text);
  }
  const { celEnv, parse, plan } = await import('@bufbuild/cel');
  const environment = celEnv();
  return (text) => plan(environment, parse(text));
}

const compile = await compilerOf(process.argv[4]);
const steps = Object.entries(expressions).map(([name, text]) => [name, compile(text)]);

main((s) => {
  for (const [name, evaluate] of steps) {
    const value = evaluate(s);
    if (value instanceof Error || value?.kind === 'err') throw value;
    s[name] = value;
  }
  return [s.outcome, s.letters];
});
