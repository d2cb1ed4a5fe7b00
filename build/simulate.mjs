// Builds the simulator into out/simulate and runs it; options and what it checks: docs/simulation.md.
import { runTool } from './tool.mjs';

/**
 * Of the engine, for its workers too. They use all processors, so that neither collecting garbage nor compiling finds an idle one: with room
 * for the young it is collected less often, and what runs now and then is not worth compiling.
 */
const FLAGS = ['--max-semi-space-size=64', '--single-threaded-gc', '--interrupt-budget=400000'];

await runTool('simulate', 'test/simulation/main.ts', FLAGS);
