#!/usr/bin/env node
// npx peerhold: sets up and builds where that is needed, then runs the command line in this process.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from './paths.mjs';
import { ensureDependencies, run } from './setup.mjs';
import { isBuilt } from './stamp.mjs';

ensureDependencies();
if (!isBuilt() && !run(process.execPath, [join(ROOT, 'build', 'build.mjs')])) process.exit(1);
await import(pathToFileURL(join(ROOT, 'out', 'node', 'cli', 'index.js')).href);
