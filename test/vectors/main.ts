import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scenario } from './scenario';
import { vectorOf } from './vector';

// Where the command is started: the root of the project.
const path = join('test', 'vectors', 'record.json');
const vector = await vectorOf(await scenario());
writeFileSync(path, `${JSON.stringify(vector, null, 2)}\n`);
process.stdout.write(`${path}: ${vector.events.length} events, ${vector.refused.length} refused\n`);
