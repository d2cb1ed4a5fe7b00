import { createInterface } from 'node:readline';
import { run } from './run';

// A reader that has gone (`| head`) takes no more of it; the command ends as it would have.
for (const to of [process.stdout, process.stderr])
  to.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
const say = (to: NodeJS.WriteStream) => (line: string) => void to.write(`${line}\n`);

let given: AsyncIterator<string> | undefined;
// Asked for only when a command wants it: whoever listens to the input keeps it open.
const read = async (): Promise<string | undefined> => {
  given ??= createInterface({ input: process.stdin })[Symbol.asyncIterator]();
  const { value, done } = await given.next();
  return done === true ? undefined : value;
};
process.exitCode = await run(process.argv.slice(2), { out: say(process.stdout), err: say(process.stderr), read });
// Connections of the WebRTC library would keep the process for a while.
process.exit();
