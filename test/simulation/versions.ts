import * as Y from 'yjs';
import { encodeMessage } from '../../shared/commons/messages';
import { adoptVersion } from '../../shared/engine/versions';
import { toHex } from '../../shared/record/bytes';
import { KIND } from '../../shared/sync/channel/kinds';
import type { Liar } from './liar';
import type { Scenario } from './scenario';
import type { Site } from './site';

/** Documents that the machines write in. */
export const DOCS = ['agreement', 'commons'] as const;
const LETTERS = ['x', 'y', 'z'];

/** Different words under one number, each to other ears: Yjs takes them for the same. */
export async function writeTwice(liar: Liar): Promise<void> {
  const doc = liar.chance.pick(DOCS);
  const client = liar.chance.within(1, 0x7fffffff);
  const length = liar.chance.within(1, 4);
  const texts = LETTERS.map((letter) => letter.repeat(length));
  for (const [index, channel] of liar.channels.entries()) {
    const draft = new Y.Doc();
    draft.clientID = client;
    draft.getText('text').insert(0, texts[index % texts.length]!);
    const updates = [{ bytes: Y.encodeStateAsUpdate(draft), member: null, time: 0 }];
    liar.tell(channel, KIND.docs, encodeMessage({ kind: 'updates', doc, answer: 0, updates }));
  }
}

/**
 * What people do who see that a document is not the same at two of them, though each has all changes: one takes the other's. Which is right they would talk
 * about; here it is the one whose fingerprint is smaller, so that they come to an end. Of two machines with one key none can be asked by name: they give way.
 */
export async function settleVersions(scenario: Scenario, sites: readonly Site[]): Promise<void> {
  const withKey = (device: string): readonly Site[] => sites.filter(({ signer }) => signer.device === device);
  for (const { name, peer, signer } of sites) {
    const isTwin = withKey(signer.device).length > 1;
    for (const [doc, devices] of peer!.commons.diverged)
      for (const device of devices) {
        const [other, twin] = withKey(device);
        if (other === undefined) continue;
        const isTwins = twin !== undefined;
        if (isTwin !== isTwins ? isTwins : (await printOf(peer!, doc)) <= (await printOf(other.peer!, doc))) continue;
        adoptVersion(peer!, doc, device).then(
          () => scenario.note('document: its other version was taken'),
          (error: unknown) => scenario.ledger.trace(`${name} could not take ${doc}: ${String(error)}`),
        );
        break;
      }
  }
}

const printOf = async ({ docs }: NonNullable<Site['peer']>, doc: string): Promise<string> =>
  toHex((await docs.print(doc)).content);
