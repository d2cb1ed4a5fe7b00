import { type ReactNode, useState } from 'react';
import type * as Y from 'yjs';
import type { OpenDoc } from '../../app/docs';
import { WithMargin } from './margin';
import { newMarginStore } from './margin-store';

interface Props {
  readonly doc: OpenDoc;
  readonly fragment: Y.XmlFragment;
  /** Document id of the text's discussion. */
  readonly discussion: string;
  readonly children: ReactNode;
}

/** A text that is only shown, with the comments on its passages, which can be answered and resolved. */
export function CommentedText(props: Props) {
  const [store] = useState(newMarginStore);
  return <WithMargin {...props} store={store} readOnly={false} />;
}
