import type { PageDesk } from '../../../shared/engine/page-desk';
import type { ExportedPages } from '../../../shared/engine/page-export';
import type { Peer } from '../../../shared/peer/peer';
import type { Answer } from '../command';
import { EXIT } from '../exit';
import { counted } from '../numbers';
import type { Session } from '../session';
import { untilInterrupted } from '../until-interrupted';

interface Archive {
  /** Path of the file to make. Nothing is left of it where it could not be made whole. */
  readonly file: string;
  readonly write: (desk: PageDesk, put: (bytes: Uint8Array) => Promise<void>) => Promise<ExportedPages>;
  /** What is said of a page, by its title, that could not be put in. */
  readonly unread: (title: string) => string;
}

/** Puts pages into a new file, until interrupted, and says what is in it and what is not. Rejects as the page desk does. */
export async function writeArchive(session: Session, peer: Peer, { file, write, unread }: Archive): Promise<Answer> {
  const { host } = await session.engine();
  const created = await session.caller.createFile(file);
  const made = await untilInterrupted(
    session,
    (engine) => engine.cancelPages(peer.id),
    async () => write(await host.pages(peer.id), (bytes) => created.append(bytes)),
  ).catch(async (error: unknown) => {
    await created.discard();
    throw error;
  });
  await created.finish();
  return {
    data: { network: peer.id, file, ...made },
    lines: [
      `${file}: ${counted(made.pages, 'page')} and ${counted(made.files, 'file')}, ${counted(made.bytes, 'byte')}`,
      ...made.absent.map((one) => `Not on this machine: ${one.page} / ${one.file}`),
      ...made.unread.map(unread),
    ],
    ...(made.absent.length + made.unread.length === 0 ? {} : { exit: EXIT.no }),
  };
}
