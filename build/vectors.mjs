// Builds what writes test/vectors/record.json anew, and runs it: `npm run vectors`. Two runs write the same bytes.
import { runTool } from './tool.mjs';

await runTool('vectors', 'test/vectors/main.ts');
