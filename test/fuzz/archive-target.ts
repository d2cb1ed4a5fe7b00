import { type Source, sourceOf } from '../../shared/bundle/source';
import { importSources } from '../../shared/commons/exchange/import-sources';
import { readImport } from '../../shared/commons/exchange/read-import';
import { ZipWriter } from '../../shared/commons/exchange/zip-write';
import { concat, utf8 } from '../../shared/record/bytes';
import type { Target } from './target';

async function archive(files: Readonly<Record<string, string>>, packed: boolean): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  const zip = new ZipWriter(1_800_000_000_000, async (piece) => void pieces.push(piece));
  for (const [path, content] of Object.entries(files)) await zip.add(path, utf8(content), packed);
  await zip.finish();
  return concat(...pieces);
}
const FILES = {
  'House.md':
    '---\ntitle: "House"\ntags: [roof]\n---\n\nSee [the roof](House/Roof.md) and ![a plan](House.files/plan.png).\n',
  'House/Roof.md': 'It leaks. It leaks. It leaks. It leaks.\n',
  'House/Old.html': '<h1>Old</h1><p>See <a href="Roof.md">the roof</a></p>',
  'House.files/plan.png': 'none',
};

/** Nothing stands outside of what was chosen, and nobody is under themselves. */
async function imported(content: Source): Promise<true> {
  const sources = await importSources([{ path: 'pages.zip', content }]);
  const { pages, left } = await readImport(
    sources,
    { page: (place) => `p${place}`, file: () => 'ab'.repeat(32) },
    async () => undefined,
  );
  const wrong = left.find(({ code }) => code === 'internal');
  if (wrong !== undefined) throw new Error(`a fault in ${wrong.path}`);
  const outside = pages
    .flatMap(({ path, files }) => [path, ...files])
    .find((path) => path.startsWith('/') || path.split('/').includes('..'));
  if (outside !== undefined) throw new Error(`taken: ${outside}`);
  if (pages.some(({ parent }, index) => parent !== null && parent >= index)) throw new Error('under a later page');
  return true;
}

/** What is imported as many files in one. */
export const ARCHIVES: Target = {
  name: 'archives of pages',
  samples: [await archive(FILES, true), await archive(FILES, false), await archive({}, true)],
  read: (bytes) => imported(sourceOf(bytes)),
};
