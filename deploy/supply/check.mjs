// node check.mjs LICENCES BILL…: whether every component of the bills may be used under at least one licence of the list.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

const [list, ...bills] = process.argv.slice(2);
const allowed = new Set(
  readFileSync(list, 'utf8').split('\n').map((line) => line.replace(/\s*#.*/, '').trim()).filter(Boolean),
);
const unused = new Set(allowed);
const refused = [];

const isAllowed = (name) => unused.delete(name) || allowed.has(name);

// "(MIT OR CC0-1.0) AND ISC": one of each OR, all of each AND. Several entries of one component are a choice.
const isAllowedExpression = (text) =>
  text
    .replace(/[()]/g, '')
    .split(' OR ')
    .map((choice) => choice.split(' AND ').every((name) => isAllowed(name.trim())))
    .includes(true);

for (const bill of bills) {
  const { components } = JSON.parse(readFileSync(bill, 'utf8'));
  const foreign = components.filter((one) => one.group !== 'io.timetether');
  for (const { purl, licenses = [] } of foreign) {
    // All are asked, so that a licence of the list counts as used wherever it is offered.
    const answers = licenses.map(({ license, expression }) =>
      expression ? isAllowedExpression(expression) : isAllowed(license.id ?? license.name),
    );
    if (!answers.includes(true)) refused.push(`${purl}: ${JSON.stringify(licenses)}`);
  }
  console.log(`${basename(bill)}: ${foreign.length} components`);
}
if (refused.length > 0) {
  console.error(`Not under a licence that ${list} allows:\n  ${refused.join('\n  ')}`);
  process.exit(1);
}
if (unused.size > 0) {
  console.error(`${list} allows what nothing is under any more: ${[...unused].join(', ')}`);
  process.exit(1);
}
