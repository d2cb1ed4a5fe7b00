// npm run mutate: how it is used and what it found: docs/mutation.md.
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Chance } from '../simulation/random';
import { mutantsOf } from './mutants';
import { describe, scores, table } from './report';
import { Runner, type Task, type Verdict } from './runner';

/** What a change must not survive in: the rules, the seals and the record beneath them. */
const FILES = [
  'shared/network/**/{rules,outcome,effects,sealing,sealers,standing,asked,payments,pledges,shares,apply,network,event-index,forks}.ts',
  'shared/seal/*.ts',
  'shared/record/{record,ancestry,forks}.ts',
];
const TESTS = ['shared/record', 'shared/network', 'shared/seal', 'shared/replica'];

