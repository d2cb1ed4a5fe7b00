// Builds the fuzzer into out/fuzz and runs it: `npm run fuzz -- --count 1000000 --seed 1 [--only events]`. See test/fuzz.
import { runTool } from './tool.mjs';

await runTool('fuzz', 'test/fuzz/main.ts');
