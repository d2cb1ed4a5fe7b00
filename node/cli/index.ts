import { run } from './run';

const say = (to: NodeJS.WriteStream) => (line: string) => void to.write(`${line}\n`);
process.exitCode = await run(process.argv.slice(2), { out: say(process.stdout), err: say(process.stderr) });
// Connections of the WebRTC library would keep the process for a while.
process.exit();
