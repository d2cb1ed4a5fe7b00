import { Skeleton } from '@mantine/core';
import { Suspense, lazy } from 'react';
import type { EditorProps } from './editor-props';

const Editor = lazy(async () => ({ default: (await import('./editor')).Editor }));

/** Rich text that several people write at once. The editor's code is large and comes when the first text is shown. */
export function CollaborativeEditor(props: EditorProps) {
  return (
    <Suspense fallback={<Skeleton height="10rem" radius="md" />}>
      <Editor {...props} />
    </Suspense>
  );
}
