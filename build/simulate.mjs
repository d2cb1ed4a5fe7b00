// Builds the simulator into out/simulate and runs it; options and what it checks: docs/simulation.md.
import { runTool } from './tool.mjs';

await runTool('simulate', 'test/simulation/main.ts');
