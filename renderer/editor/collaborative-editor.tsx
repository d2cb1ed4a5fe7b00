import { Skeleton } from '@mantine/core';
import { Suspense, lazy } from 'react';
import type * as Y from 'yjs';
import type { OpenDoc } from '../app/docs';

export interface EditorProps {
  /** From `useDoc`, once it is `synced`. */
  readonly doc: OpenDoc;
  /** The text to edit, of that document. */
  readonly fragment: Y.XmlFragment;
  /** What this text is, for a screen reader. */
  readonly label: string;
  readonly readOnly?: boolean;
  /** What an empty text shows. */
  readonly placeholder?: string;
  /** Where the toolbar sticks, from the top of the window; under the app's header when left out. */
  readonly headerOffset?: string;
}

const Editor = lazy(async () => ({ default: (await import('./editor')).Editor }));

/** Rich text that several people write at once. The editor's code is large and comes when the first text is shown. */
export function CollaborativeEditor(props: EditorProps) {
  return (
    <Suspense fallback={<Skeleton height="10rem" radius="md" />}>
      <Editor {...props} />
    </Suspense>
  );
}
