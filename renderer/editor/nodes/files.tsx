import { Node } from '@tiptap/core';
import { type NodeViewProps, NodeViewWrapper, ReactNodeViewRenderer } from '@tiptap/react';
import { fileId, labelText } from '../../../shared/commons/text/schema';
import { EmbeddedFile } from '../../ui/files/embedded-file';
import { EmbeddedPicture } from '../../ui/files/embedded-picture';
import classes from '../editor.module.css';
import { AltControl } from './alt-control';
import { carried } from './carried';

/** A picture: a file of the network, named by its id, and what is to be seen in it. */
export const Picture = Node.create({
  name: 'image',
  group: 'block',
  atom: true,
  draggable: true,
  addAttributes: () => ({ file: carried('file', fileId, null), alt: carried('alt', labelText) }),
  parseHTML: () => [{ tag: 'figure[data-file]' }],
  renderHTML: ({ HTMLAttributes }) => ['figure', HTMLAttributes],
  addNodeView: () => ReactNodeViewRenderer(PictureView),
});

/** Any other file. */
export const TextFile = Node.create({
  name: 'file',
  group: 'block',
  atom: true,
  draggable: true,
  addAttributes: () => ({ file: carried('file', fileId, null), name: carried('name', labelText) }),
  parseHTML: () => [{ tag: 'div[data-file]' }],
  renderHTML: ({ HTMLAttributes, node }) => ['div', HTMLAttributes, labelText(node.attrs['name'])],
  addNodeView: () => ReactNodeViewRenderer(FileView),
});

function PictureView({ node, editor, selected, updateAttributes }: NodeViewProps) {
  const file = fileId(node.attrs['file']);
  const alt = labelText(node.attrs['alt']);
  return (
    <NodeViewWrapper className={classes['embed']} data-selected={selected} data-drag-handle>
      {file !== null && (
        <EmbeddedPicture
          file={file}
          alt={alt}
          actions={
            editor.isEditable ? <AltControl alt={alt} onSave={(text) => updateAttributes({ alt: text })} /> : undefined
          }
        />
      )}
    </NodeViewWrapper>
  );
}

function FileView({ node, selected }: NodeViewProps) {
  const file = fileId(node.attrs['file']);
  return (
    <NodeViewWrapper className={classes['embed']} data-selected={selected} data-drag-handle>
      {file !== null && <EmbeddedFile file={file} name={labelText(node.attrs['name'])} />}
    </NodeViewWrapper>
  );
}
