import type { Source } from '../bundle/source';
import type { ChangedApart } from '../commons/apart';
import type { FieldApart } from '../commons/apart-fields';
import type { Backlinks } from '../commons/links/backlinks';
import type { DraftAuthor } from '../commons/draft-changes';
import type { SearchAnswer, SearchQuery } from '../commons/search/model';
import type { Mention } from '../commons/text/schema';
import type { ErrorParams } from '../errors';
import type { Action } from '../network/events';
import type { Change } from '../network/state';
import type { Draft, TextRef } from '../record/text';
import type { FoundingPayloads } from '../network/founding/model';
import type { ApartName } from '../peer/changed-apart';
import type { Delivery } from '../peer/deliveries';
import type { TakenFiles } from '../peer/bundle-files';
import type { TakenBundle } from '../peer/bundles';
import type { Kept, KeptAmount } from '../peer/kept-files';
import type { NewDevice } from '../peer/device-desk';
import type { Refusal } from '../peer/refusals';
import type { Restoring } from '../peer/restoring-desk';
import type { SealStatus, SealView } from '../seal/status';
import type { Verification } from '../seal/verify';
import type { Met, Route } from '../sync/channel/ports';
import type { Failures } from '../sync/meeting/meeting';
import type { OpenComments } from './clause-comments';
import type { FileCalls, FileView } from './files';
import type { PageCalls } from './page-desk';
import type { PageWriting } from './page-writing';

/** What is asked of the engine: by the screens through its worker, by the command line directly. Every call that changes something resolves once it is on this disk. */
export interface EngineCalls extends FileCalls, PageCalls {
  networks(): Promise<readonly NetworkSummary[]>;
  /** Founds a network with a new device key; resolves with its id. */
  found(draft: Draft<FoundingPayloads['network.found']>): Promise<string>;
  /** Starts a network again from its newest seal, with a new device key; resolves with the new one's id. */
  refound(
    network: string,
    words: { readonly name: string; readonly founder: string; readonly device: string; readonly memo: string },
  ): Promise<string>;
  /** Generates the sample network from its seed and opens it as one of its members. Progress comes as `progress` events. */
  openSample(): Promise<string>;
  /** Deletes this device's replica and key of a network. Others keep theirs. */
  forget(network: string): Promise<void>;

  /** Loads a network and starts its sync; its state follows as `state` events, the whole first. */
  open(network: string): Promise<void>;
  close(network: string): Promise<void>;
  /** Signs an event as this device's member, stores it, applies it; resolves with its id. Refuses with a code what the rules would give no effect. */
  act(network: string, action: Action): Promise<string>;
  /** Detached texts by ref; null where the text was erased or has not arrived. */
  texts(network: string, refs: readonly TextRef[]): Promise<readonly (string | null)[]>;
  /** One signed event, as it stands in the record. */
  event(network: string, id: string): Promise<EventView>;
  /** The newest events about the network's affairs: without what apps sign by themselves. */
  recent(network: string, limit: number): Promise<readonly EventView[]>;
  /** Events newest first in the record's order, from an offset. */
  events(network: string, offset: number, limit: number): Promise<{ total: number; events: readonly EventView[] }>;

  /**
   * `relay`: whoever has the link can use the TURN servers that the agreement lists, with their passwords. Rejects with `no-relay-listed` where
   * it lists none.
   */
  invite(
    network: string,
    order: { type: string; uses: number; days: number; relay?: boolean },
  ): Promise<{ link: string; invite: string }>;
  /** The link of an invite that this device issued; null when its secret is not on this device. */
  inviteLink(network: string, invite: string): Promise<string | null>;
  /** Parses a link without touching the network. Throws a code: malformed, damaged, wrong version. */
  readInvite(link: string): Promise<InvitePreview>;
  /** Connects to a member and shows what one would join. */
  previewInvite(link: string): Promise<JoinPreview>;
  /**
   * Joins and resolves with the network's id once the admission is on this disk; null where the members decide: the application is
   * then in the record, and the same invite lets this device in once they have agreed.
   */
  join(link: string, name: string): Promise<string | null>;
  /**
   * Of a member who lost all devices: asks, by an invite, for this one to be proposed in their place; `name` is who they are. Resolves with
   * the network's id once members have decided so and a seal has it; with null until then. `code` is what they compare.
   */
  restore(link: string, name: string): Promise<{ readonly network: string | null; readonly code: string }>;
  /** The person does not believe who asks to be restored (`NetworkStatus.restoring`). */
  refuseRestoring(network: string, device: string): Promise<void>;
  cancelJoin(): Promise<void>;

  /** A new device link; one that nobody has come with yet ends. `expires` in milliseconds since 1970; `relay` as for an invite. */
  deviceLink(network: string, relay?: boolean): Promise<{ link: string; expires: number }>;
  /** Adds the device that asks (`NetworkStatus.newDevice`) to this device's member, or refuses it. */
  answerDevice(network: string, device: string, add: boolean): Promise<void>;
  /** Opens a device link: connects to the device that made it and asks. Resolves once that shows the question to its person. */
  askToBeAdded(link: string, label: string, role?: 'keeper'): Promise<{ checkNumber: string }>;
  /** Resolves with the network's id once the person has agreed and the record is on this disk. */
  beAdded(link: string): Promise<string>;
  /** Ends this device, which others know more of than it does itself, and goes on as a new one of the same member. */
  succeed(network: string, label: string): Promise<void>;
  /** The devices by which members seal now. */
  sealingDevices(network: string): Promise<readonly string[]>;

  /** Height of the seal by which all these events are fixed; null while one of them is not. */
  finality(network: string, events: readonly string[]): Promise<number | null>;
  /** The same for each account of the ledger, by all entries that moved it. */
  accountsFinality(network: string): Promise<ReadonlyMap<string, number | null>>;
  /** The newest seals, at most `limit`, what the next one waits for, and who contradicted themselves. */
  sealStatus(network: string, limit: number): Promise<SealStatus>;
  /** The seal of a height; null where there is none. */
  seal(network: string, height: number): Promise<SealView | null>;
  /** The proof that a device signed two histories, as a file that anyone can check. */
  forkFile(network: string, device: string): Promise<Uint8Array>;
  /** Recomputes the network from its stored bytes; null when cancelled. Progress comes as `progress` events of the task `verify`. */
  verify(network: string): Promise<Verification | null>;
  cancelVerify(network: string): Promise<void>;

  /**
   * Full-text search over pages, discussions, the agreement and its draft, proposals, resources, members and the ledger. The first call, even
   * one without words, starts reading the texts; until all are read, an answer has what was found so far.
   */
  search(network: string, query: SearchQuery): Promise<SearchAnswer>;

  /** The texts that mention something: pages, proposals, protocols in force and drafted. Reads all texts as `search` does; `links` events say when to ask again. */
  backlinks(network: string, target: Mention): Promise<Backlinks>;

  /** Times at which a document changed and by whom, oldest first. */
  docHistory(network: string, doc: string): Promise<readonly DocChange[]>;
  /** When pages were written in and talked about, of those where it says something of their certainty at `now` (ms). */
  pageWriting(network: string, now: number): Promise<readonly PageWriting[]>;
  /** The document as it stood after a change: an encoded Yjs update. */
  docAt(network: string, doc: string, change: number): Promise<Uint8Array>;
  /** Who made what in the draft of the agreement differs from what is in force. */
  draftAuthors(network: string): Promise<readonly DraftAuthor[]>;
  /** The comments on protocols in force that nobody has resolved. */
  openComments(network: string): Promise<readonly OpenComments[]>;
  /** The paragraphs of a page, or of the agreement's draft, that this device's member and others changed while apart, and that are not settled. */
  docApart(network: string, doc: string): Promise<readonly ChangedApart[]>;
  /** The titles and parameters in the draft of the agreement of which the same is so. */
  fieldsApart(network: string): Promise<readonly FieldApart[]>;
  /** This person has seen to such a paragraph, or field of the draft; `apart` events say when others are there. */
  settleApart(network: string, doc: string, name: ApartName): Promise<void>;
  /** The document as a connected device has it, one of those that `NetworkStatus.diverged` names: an encoded Yjs update. Codes: `DocSync.fetch`. */
  docVersion(network: string, doc: string, device: string): Promise<Uint8Array>;
  /** Takes that device's version in place of this one's. Codes: `DocSync.fetch`, `Docs.adopt`. */
  adoptDoc(network: string, doc: string, device: string): Promise<void>;
  /**
   * Takes in what is new in a bundle, which is locked by a passphrase or, where that is null, to this device's member. A `Blob` is a source.
   * Progress comes as `progress` events of the task `import`.
   */
  importBundle(network: string, file: Source, passphrase: string | null): Promise<ImportedBundle>;
  /**
   * Begins as the device of a backup: takes in all that is in it. Resolves with the network's id. Progress comes as `progress` events of the
   * task `restore`.
   */
  restoreBackup(file: Source, passphrase: string): Promise<string>;
  /** The files that pages name and that would go into a bundle. */
  carriedFiles(network: string): Promise<CarriedFiles>;
  /** Ends what is being exported or imported with `bundle-cancelled`. */
  cancelBundle(network: string): Promise<void>;
  /** Whether this app reaches other peers at all; `false` is the person's choice to work offline. */
  setOnline(online: boolean): Promise<void>;
}

export interface NetworkSummary {
  readonly id: string;
  readonly name: string;
  readonly sample: boolean;
  readonly members: number;
  /** Claimed time of the last event. */
  readonly changed: number;
  /** The network that it goes on from, and who started it again; null where it was founded anew. */
  readonly refounds: { readonly network: string; readonly by: string } | null;
}

/** What is to be put into a bundle, and who is to open it. */
export interface BundleOrder {
  /** Member for whom it leaves out what all of their devices are known to have; null: everything. */
  readonly recipient: string | null;
  readonly lock: { readonly passphrase: string } | { readonly members: readonly string[] };
  /** With the files that pages name, as far as they are here. */
  readonly files: boolean;
}

export interface CarriedFiles {
  readonly count: number;
  /** Bytes of them all. */
  readonly bytes: number;
  /** Files that are here and are more than fits. */
  readonly left: number;
  /** Files that are not here, or not all of them. */
  readonly absent: number;
}

export interface MadeBundle {
  readonly bytes: number;
  readonly events: number;
  readonly documents: number;
  readonly files: number;
  readonly filesLeft: number;
  readonly filesAbsent: number;
}

/** A backup of oneself: a further device of one's own, and the network, in a file. */
export interface BackupOrder {
  /** What the device is called, in everybody's list. */
  readonly label: string;
  readonly passphrase: string;
  readonly files: boolean;
}

export interface MadeBackup extends MadeBundle {
  readonly device: string;
}

export interface ImportedBundle extends TakenBundle {
  readonly files: TakenFiles;
}

export interface InvitePreview {
  readonly network: string;
  readonly networkName: string;
  readonly inviter: string;
  readonly expires: number;
  /** Set when this device already holds the network. */
  readonly known: boolean;
  /** A device link: it adds a device to the member who made it. */
  readonly device: boolean;
  /** Set when this profile's device in that network can sign nothing more: a device link makes a new one of it. */
  readonly stopped: boolean;
}

export interface JoinPreview extends InvitePreview {
  readonly purpose: string;
  readonly type: string;
  /** `decision`: joining makes an applicant, members decide. */
  readonly mode: 'invite' | 'decision';
  readonly members: number;
  readonly protocols: readonly { readonly title: string; readonly kind: string; readonly text: string }[];
}

export interface EventView {
  readonly id: string;
  readonly type: string;
  readonly device: string;
  readonly member: string | null;
  readonly sequence: number;
  readonly previous: string | null;
  readonly parents: readonly string[];
  readonly time: number;
  readonly rules: number;
  readonly payload: unknown;
  readonly bytes: number;
  /** Hex. */
  readonly signature: string;
  /** Height of the seal that fixed it; null while none has. */
  readonly seal: number | null;
  /** It can not count: a seal had ended its author, and no cut up to that one has it. No row of the state speaks of it. */
  readonly outside: boolean;
}

export interface DocChange {
  readonly index: number;
  readonly member: string | null;
  readonly time: number;
}

export interface Me {
  readonly device: string;
  readonly member: string;
}

/**
 * Where a meeting place's address is from: this app's own, one that an app around here announces, one that the agreement lists, or one that
 * the invite named.
 */
export type PlaceKind = 'own' | 'found' | 'listed' | 'invite';

/** An open connection. */
export interface PeerStatus {
  readonly device: string;
  readonly member: string | null;
  /** Milliseconds since 1970. */
  readonly since: number;
  /** By what the two found each other; null where nobody had to be found. `kind`: null for a place of which it is not known any more. */
  readonly met: { readonly by: 'place'; readonly address: string; readonly kind: PlaceKind | null } | Met | null;
  /** Where its packets go; null while that is not known. */
  readonly route: Route | null;
}

/** How the search for others does. */
export interface MeetingStatus {
  readonly places: readonly {
    readonly address: string;
    readonly kind: PlaceKind | null;
    readonly connected: boolean;
    /** Whether it was listened to for some time, or found to be out of reach. */
    readonly tried: boolean;
  }[];
  /** Others who were heard of at these places lately. */
  readonly known: number;
  /** Why some of them are not connected: how many of each. */
  readonly failures: Failures;
}

export interface NetworkStatus {
  readonly me: Me | null;
  readonly online: boolean;
  /** Null where nobody is looked for: offline, before it has begun, and in the sample. */
  readonly meeting: MeetingStatus | null;
  readonly peers: readonly PeerStatus[];
  /** Why others who were reached are not among `peers`, newest first. */
  readonly refusals: readonly Refusal[];
  readonly delivery: readonly Delivery[];
  readonly events: number;
  /** The newest seal. */
  readonly sealed: { readonly height: number; readonly time: number } | null;
  /** Events about the network's affairs that no seal has fixed yet. */
  readonly unsealed: number;
  /** Events being received or stored now. */
  readonly pending: number;
  /** How many of the events from before this device joined have had their signatures checked; null once all have. */
  readonly historyCheck: { readonly done: number; readonly total: number } | null;
  readonly problem: { readonly code: string; readonly params: ErrorParams } | null;
  /** Documents that are not the same here and on these connected devices, although each has all of the other's changes. */
  readonly diverged: readonly { readonly doc: string; readonly devices: readonly string[] }[];
  /** A device that asks to be added to this device's member. */
  readonly newDevice: NewDevice | null;
  /** Who came to this device with an invite, says that they are a member who lost all devices, and is not proposed yet. */
  readonly restoring: readonly Restoring[];
  /** By device: when it was last heard here, in milliseconds since 1970. */
  readonly heard: ReadonlyMap<string, number>;
}

/** What the engine tells unasked. */
export type EngineEvent =
  | {
      readonly kind: 'state';
      readonly network: string;
      /** These take the place of all rows so far. */
      readonly reset: boolean;
      readonly changes: readonly Change[];
      /** More rows of the same change follow: nothing is to be shown before. */
      readonly more: boolean;
    }
  | { readonly kind: 'status'; readonly network: string; readonly status: NetworkStatus }
  | { readonly kind: 'texts'; readonly network: string; readonly refs: readonly TextRef[] }
  /** Files that somebody looks at are not where they were. */
  | { readonly kind: 'files'; readonly network: string; readonly files: readonly FileView[] }
  /** What is kept by choice is not what it was. */
  | { readonly kind: 'kept'; readonly network: string; readonly kept: Kept }
  /** How much of all files is here is not what it was; told to those who asked once. */
  | { readonly kind: 'kept-amount'; readonly network: string; readonly amount: KeptAmount }
  /** A document has other paragraphs that were changed apart than before. */
  | { readonly kind: 'apart'; readonly network: string; readonly doc: string }
  /** Texts link to other things than before. */
  | { readonly kind: 'links'; readonly network: string }
  | { readonly kind: 'progress'; readonly task: string; readonly done: number; readonly total: number }
  | { readonly kind: 'networks' }
  /** Another window of this profile has the engine now; this one can only be reloaded or closed. */
  | { readonly kind: 'taken-over' };

/** Between the engine and a screen that shows a document, both ways. `awareness` is a y-protocols awareness update, bound to its sender by the channel. */
export type DocMessage =
  | { readonly kind: 'state'; readonly update: Uint8Array }
  | { readonly kind: 'update'; readonly update: Uint8Array }
  | { readonly kind: 'awareness'; readonly update: Uint8Array }
  | { readonly kind: 'close' };
