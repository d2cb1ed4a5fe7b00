import { openCommentsOf } from './clause-comments';
import type { BundleOrder, EngineCalls, MadeBundle } from './contract';
import { draftAuthorsOf } from './draft-authors';
import { type FileCalls, readFile } from './files';
import { forkFileOf } from './fork-proof';
import type { OpenNetwork } from './open-network';
import type { PageCalls, PageDesk } from './page-desk';
import { adoptVersion, versionOf } from './versions';

/** Is given a file piece by piece. */
export type Put = (bytes: Uint8Array) => Promise<void>;
type Call<K extends keyof EngineCalls> = EngineCalls[K];

/** What is asked about the texts, files and bundles of a network that is open. */
export abstract class NetworkCalls implements FileCalls, PageCalls {
  /** Rejects with `network-not-open`. */
  protected abstract need(network: string): Promise<OpenNetwork>;

  readonly search: Call<'search'> = async (network, query) => (await this.need(network)).search.find(query);
  readonly backlinks: Call<'backlinks'> = async (network, target) =>
    (await this.need(network)).search.backlinks(target);
  readonly forkFile: Call<'forkFile'> = async (network, device) =>
    forkFileOf((await this.need(network)).peer.replica, device);

  readonly docHistory: Call<'docHistory'> = async (network, doc) => (await this.need(network)).peer.docs.history(doc);
  readonly pageWriting: Call<'pageWriting'> = async (network, now) => (await this.need(network)).writings.at(now);
  readonly docAt: Call<'docAt'> = async (network, doc, change) => (await this.need(network)).peer.docs.at(doc, change);
  readonly draftAuthors: Call<'draftAuthors'> = async (network) => draftAuthorsOf((await this.need(network)).peer);
  readonly openComments: Call<'openComments'> = async (network) => openCommentsOf((await this.need(network)).peer);
  readonly docApart: Call<'docApart'> = async (network, doc) => (await this.need(network)).peer.commons.apart.of(doc);
  readonly fieldsApart: Call<'fieldsApart'> = async (network) => (await this.need(network)).peer.commons.apart.fields();
  readonly settleApart: Call<'settleApart'> = async (network, doc, name) =>
    (await this.need(network)).peer.commons.apart.settle(doc, name);
  readonly docVersion: Call<'docVersion'> = async (network, doc, device) =>
    versionOf((await this.need(network)).peer, doc, device);
  readonly adoptDoc: Call<'adoptDoc'> = async (network, doc, device) =>
    adoptVersion((await this.need(network)).peer, doc, device);

  /** Puts a network into a file. Progress comes as `progress` events of the task `export`. */
  async makeBundle(network: string, order: BundleOrder, put: Put): Promise<MadeBundle> {
    return (await this.need(network)).bundles.make(order, put);
  }
  readonly importBundle: Call<'importBundle'> = async (network, file, passphrase) =>
    (await this.need(network)).bundles.take(file, passphrase);
  readonly carriedFiles: Call<'carriedFiles'> = async (network) => (await this.need(network)).bundles.carried();
  readonly cancelBundle: Call<'cancelBundle'> = async (network) => (await this.need(network)).bundles.cancel();

  async addFile(network: string, content: Parameters<Call<'addFile'>>[1]) {
    const { id, size } = await (await this.need(network)).peer.files.held.add(content);
    return { file: id, size };
  }

  readonly files: Call<'files'> = async (network, files) => (await this.need(network)).files.look(files);
  readonly fetchFile: Call<'fetchFile'> = async (network, file) => (await this.need(network)).peer.files.fetch(file);
  readonly cancelFile: Call<'cancelFile'> = async (network, file) => (await this.need(network)).peer.files.cancel(file);
  readonly dropFile: Call<'dropFile'> = async (network, file) => (await this.need(network)).peer.files.drop(file);
  readonly kept: Call<'kept'> = async (network) => (await this.need(network)).peer.files.kept.chosen;
  readonly keptAmount: Call<'keptAmount'> = async (network) => (await this.need(network)).kept.amount();
  readonly keepFiles: Call<'keepFiles'> = async (network, doc, keep) => {
    const { kept } = (await this.need(network)).peer.files;
    await (keep ? kept.keep(doc) : kept.release(doc));
  };
  readonly readFile: Call<'readFile'> = async (network, file) => readFile((await this.need(network)).peer, file);

  readonly beginPage: Call<'beginPage'> = async (network, page, beginning) =>
    (await this.pages(network)).begin(page, beginning);
  readonly exportPage: Call<'exportPage'> = async (network, page, words) =>
    (await this.pages(network)).exportPage(page, words);
  readonly previewImport: Call<'previewImport'> = async (network, files) => (await this.pages(network)).preview(files);
  readonly importPages: Call<'importPages'> = async (network, order) => (await this.pages(network)).import(order);
  readonly cancelPages: Call<'cancelPages'> = async (network) => (await this.pages(network)).cancel();

  /** Where a network's pages leave it as files and come in, for callers on the same thread. Rejects with `network-not-open`. */
  async pages(network: string): Promise<PageDesk> {
    return (await this.need(network)).pages;
  }
}
