import { Link } from '@tiptap/extension-link';
import { Plugin, type PluginSpec } from '@tiptap/pm/state';
import { ySyncPluginKey } from '@tiptap/y-tiptap';
import { LINK_ATTRIBUTES, linkAddress } from '../../../shared/commons/text/schema';

/** Links that open nothing while one writes, and that become links as one writes them. */
export const link = Link.extend({
  addProseMirrorPlugins() {
    return (this.parent?.() ?? []).map((plugin) => new Plugin(ofOwnChanges(plugin.spec)));
  },
}).configure({
  openOnClick: false,
  autolink: true,
  defaultProtocol: 'https',
  HTMLAttributes: LINK_ATTRIBUTES,
  isAllowedUri: (address) => linkAddress(address) !== null,
  shouldAutoLink: (address) => linkAddress(address) !== null,
});

/** What others wrote, and what was there before, is left as they left it: to put a link into it would be a change that nobody made. */
export function ofOwnChanges(spec: PluginSpec<unknown>): PluginSpec<unknown> {
  const { appendTransaction } = spec;
  if (appendTransaction === undefined) return spec;
  return {
    ...spec,
    appendTransaction(transactions, before, after) {
      if (transactions.some((one) => one.getMeta(ySyncPluginKey) !== undefined)) return null;
      return appendTransaction.call(this, transactions, before, after);
    },
  };
}
