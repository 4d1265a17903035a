// The policy in DuckDB on one thread: `node duckdb.mjs EVIDENCE SUBMISSIONS`. It reads and joins everything itself.
import fs from 'node:fs';

import { DuckDBInstance } from '@duckdb/node-api';

const [folder, submissions] = process.argv.slice(2);
const connection = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();

const columns = { id: 'VARCHAR', cip: 'VARCHAR', soc: 'VARCHAR[]', region: 'VARCHAR', pathway_type: 'VARCHAR',
  kind: 'VARCHAR', postsecondary_credits: 'INTEGER', articulation: 'BOOLEAN', credentials: 'VARCHAR[]',
  wbl_hours: 'INTEGER', enrollment: 'INTEGER', concentrators: 'INTEGER', completers: 'INTEGER',
  advisory_meetings: 'INTEGER',
  rates: 'STRUCT("all" INTEGER, male INTEGER, female INTEGER, econ INTEGER, swd INTEGER, el INTEGER)',
  counts: 'STRUCT(male INTEGER, female INTEGER, econ INTEGER, swd INTEGER, el INTEGER)',
  years_below_threshold: 'INTEGER', last_decision: 'VARCHAR' };
const typed = Object.entries(columns).map(([name, type]) => `${name}: '${type}'`).join(', ');

for (const table of ['wages', 'openings', 'completions', 'living_wage', 'priority_credentials']) {
  const types = table === 'completions' || table === 'priority_credentials' ? `, types = {'cip': 'VARCHAR'}` : '';
  await connection.run(`CREATE TABLE ${table} AS FROM read_csv('${folder}/${table}.csv'${types})`);
}
await connection.run('CREATE TABLE listed AS SELECT cip, list(credential) AS priority FROM priority_credentials GROUP BY cip');
await connection.run(`CREATE VIEW submission AS
  SELECT s.id, s.cip, s.region, s.kind, s.pathway_type, s.soc[1] AS soc1, s.soc[2] AS soc2, s.soc[3] AS soc3,
    CASE WHEN s.credentials IS NOT NULL THEN list_has_any(s.credentials, p.priority) END AS listed,
    s.postsecondary_credits AS credits, s.articulation, s.wbl_hours AS hours, s.enrollment, s.concentrators,
    s.completers, s.advisory_meetings AS meetings, s.years_below_threshold AS years_below, s.last_decision,
    s.rates."all" AS overall, s.rates.male AS rate_male, s.rates.female AS rate_female, s.rates.econ AS rate_econ,
    s.rates.swd AS rate_swd, s.rates.el AS rate_el, s.counts.male AS size_male, s.counts.female AS size_female,
    s.counts.econ AS size_econ, s.counts.swd AS size_swd, s.counts.el AS size_el
  FROM read_json('${submissions}', format = 'newline_delimited', columns = {${typed}}) s
    LEFT JOIN listed p ON p.cip = s.cip`);
const policy = fs.readFileSync(new URL('./policy.sql', import.meta.url), 'utf8');
await connection.run(`COPY (${policy}) TO '/dev/stdout' (FORMAT csv, HEADER)`);
process.exit(0); // the engine's threads would keep it
