import type { ExportedPages, PageExportOrder } from '../../shared/engine/page-export';
import type { PublicExportWords } from '../../shared/engine/public-export';
import type { BackupOrder, BundleOrder, EngineCalls, MadeBackup, MadeBundle } from '../../shared/engine/contract';

/** What the screens ask of the engine worker. */
export interface WindowCalls extends EngineCalls {
  /** How many networks' devices here sign by a key that no keychain locks. */
  unlockedKeys(): Promise<number>;
  /** Opens a commons document: a port that speaks `DocMessage`. */
  openDoc(network: string, doc: string): Promise<MessagePort>;
  /** Puts a network into a file. Progress comes as `progress` events of the task `export`. */
  exportBundle(network: string, order: BundleOrder): Promise<MadeBundle & { readonly file: Blob }>;
  /** Puts a network and a key into a file. Progress as of `exportBundle`. */
  makeBackup(network: string, order: BackupOrder): Promise<MadeBackup & { readonly file: Blob }>;
  /** Puts pages into an archive. Progress comes as `progress` events of the task `pages`. */
  exportPages(network: string, order: PageExportOrder): Promise<ExportedPages & { readonly file: Blob }>;
  /** Puts all that is public into an archive. Progress as of `exportPages`. */
  exportPublic(network: string, words: PublicExportWords): Promise<ExportedPages & { readonly file: Blob }>;
}
