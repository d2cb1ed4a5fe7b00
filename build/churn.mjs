// Builds the churn of many peers into out/churn and runs it: `npm run churn -- --peers 20 --minutes 10`. See test/churn.
import { runTool } from './tool.mjs';

await runTool('churn', 'test/churn/main.ts', ['--expose-gc']);
