import type { Beginning } from '../commons/beginning';
import type { ChosenFile } from '../commons/exchange/import-sources';
import type { HtmlWords } from '../commons/exchange/page-html';
import { PeerholdError } from '../errors';
import type { Peer } from '../peer/peer';
import type { Surroundings } from '../peer/surroundings';
import { beginPage } from './new-pages';
import type { ExportedPages, PageExportOrder } from './page-export';
import type { PublicExportWords } from './public-export';
import type { ImportOrder, ImportPreview, ImportedPages } from './page-import';
import { Steps } from './steps';

/** What is asked of the engine about pages as wholes; their texts are documents. */
export interface PageCalls {
  /** Gives a page without a text one to begin with. Rejects with `no-member` where this device may not write. */
  beginPage(network: string, page: string, beginning: Beginning): Promise<void>;
  /** A page as HTML in one file with its pictures, or where there are no words for that as Markdown. Rejects with `page-unknown`. */
  exportPage(network: string, page: string, words: HtmlWords | null): Promise<string>;
  /** What pages would be made of files: Markdown and HTML, with what they name, or one archive of them. A `Blob` is a content. */
  previewImport(network: string, files: readonly ChosenFile[]): Promise<ImportPreview>;
  /** Makes them: all that can be read, or none. Progress of both comes as `progress` events of the task `pages`. */
  importPages(network: string, order: ImportOrder): Promise<ImportedPages>;
  /** Ends what is being exported or imported of pages with `pages-cancelled`. */
  cancelPages(network: string): Promise<void>;
}

export interface PageDeskOptions {
  readonly peer: Peer;
  readonly around: Surroundings;
  readonly progress: (done: number, total: number) => void;
}

// Archives and HTML are read by much code that few ever need: it is loaded when somebody does.
const exporting = () => import('./page-export');
const exportingPublic = () => import('./public-export');
const importing = () => import('./page-import');

/** Where a network's pages begin, leave it as files and come in as files; one long work at a time. */
export class PageDesk {
  readonly #options: PageDeskOptions;
  #running: Steps | null = null;

  constructor(options: PageDeskOptions) {
    this.#options = options;
  }

  begin(page: string, beginning: Beginning): Promise<void> {
    const { peer, around } = this.#options;
    return beginPage(peer, around.now(), page, beginning);
  }

  /** As `exportPages`; also rejects with `pages-busy`, and with `pages-cancelled` once it is called off. */
  async export(order: PageExportOrder, put: (bytes: Uint8Array) => Promise<void>): Promise<ExportedPages> {
    const { peer, around } = this.#options;
    return this.#run(async (steps) => (await exporting()).exportPages(peer, order, steps, around.now(), put));
  }

  /** As `exportPublic`; also rejects as `export` does. */
  exportPublic(words: PublicExportWords, put: (bytes: Uint8Array) => Promise<void>): Promise<ExportedPages> {
    const { peer, around } = this.#options;
    return this.#run(async (steps) => (await exportingPublic()).exportPublic(peer, words, steps, around.now(), put));
  }

  async exportPage(page: string, words: HtmlWords | null): Promise<string> {
    return (await exporting()).exportPage(this.#options.peer, page, words);
  }

  /** As `previewImport`; also rejects as `export` does. */
  preview(files: readonly ChosenFile[]): Promise<ImportPreview> {
    return this.#run(async (steps) => (await importing()).previewImport(files, steps));
  }

  /** As `importPages`; also rejects as `export` does. */
  import(order: ImportOrder): Promise<ImportedPages> {
    const { peer, around } = this.#options;
    const when = { now: around.now(), random: around.random };
    return this.#run(async (steps) => (await importing()).importPages(peer, order, when, steps));
  }

  /** Ends what is under way. */
  cancel(): void {
    this.#running?.cancel();
  }

  async #run<T>(work: (steps: Steps) => Promise<T>): Promise<T> {
    if (this.#running !== null) throw new PeerholdError('pages-busy');
    const { around, progress } = this.#options;
    const steps = new Steps(around.clock, 'pages-cancelled', progress);
    this.#running = steps;
    try {
      return await work(steps);
    } finally {
      this.#running = null;
    }
  }
}
