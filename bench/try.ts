import { measurePage } from './page/page.ts';
import { formatTable } from './table.ts';
import { writeFileSync } from 'node:fs';
const rows = await measurePage();
writeFileSync('/dev/shm/page-rows.json', JSON.stringify(rows));
console.log(formatTable(rows));
process.exit();
