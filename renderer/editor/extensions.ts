import { Collaboration } from '@tiptap/extension-collaboration';
import { CollaborationCaret } from '@tiptap/extension-collaboration-caret';
import { Link } from '@tiptap/extension-link';
import type { Extensions } from '@tiptap/react';
import { StarterKit } from '@tiptap/starter-kit';
import type { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';
import { LINK_ATTRIBUTES, linkAddress } from '../../shared/commons/text/schema';
import { caret, caretSelection } from './caret';

interface Options {
  readonly fragment: Y.XmlFragment;
  readonly awareness: Awareness;
  /** This person's member id, told to the others; null: an onlooker without a caret. */
  readonly member: string | null;
  readonly nameOf: (member: string) => string;
}

/** The editor's schema and behaviour: exactly what `shared/commons/text` reads and writes, nothing more. */
export function extensions({ fragment, awareness, member, nameOf }: Options): Extensions {
  return [
    StarterKit.configure({
      heading: { levels: [1, 2, 3] },
      codeBlock: false,
      horizontalRule: false,
      strike: false,
      underline: false,
      link: false,
      // An empty last paragraph would be a change that nobody made.
      trailingNode: false,
      // Undo is the collaboration's: one's own changes only.
      undoRedo: false,
    }),
    Link.configure({
      openOnClick: false,
      autolink: true,
      defaultProtocol: 'https',
      HTMLAttributes: LINK_ATTRIBUTES,
      isAllowedUri: (address) => linkAddress(address) !== null,
      shouldAutoLink: (address) => linkAddress(address) !== null,
    }),
    Collaboration.configure({ fragment }),
    ...(member === null
      ? []
      : [
          CollaborationCaret.configure({
            provider: { awareness },
            user: { member },
            render: (user) => caret(user, nameOf),
            selectionRender: caretSelection,
          }),
        ]),
  ];
}
