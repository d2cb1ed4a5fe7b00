import { Anchor, Blockquote, Code, Title, type TitleOrder } from '@mantine/core';
import { Fragment, type ReactNode, useMemo } from 'react';
import { parseMarkdown } from '../../../shared/commons/text/parse';
import type { Node, Span } from '../../../shared/commons/text/schema';
import classes from './markdown.module.css';

interface Props {
  readonly text: string;
  /** Level that a heading of the first level takes in the page's outline. */
  readonly headings?: TitleOrder;
}

/** A member's Markdown as React elements: what the reader does not know, such as HTML, is shown as the text that it is. */
export function Markdown({ text, headings = 3 }: Props) {
  const nodes = useMemo(() => parseMarkdown(text), [text]);
  // `dir` lets each text run in its own direction, whatever the app's language.
  return (
    <div className={classes['markdown']} dir="auto">
      {renderNodes(nodes, headings)}
    </div>
  );
}

function renderNodes(nodes: readonly Node[], headings: TitleOrder): ReactNode {
  return nodes.map((node, index) => <Fragment key={index}>{renderNode(node, headings)}</Fragment>);
}

function renderNode(node: Node, headings: TitleOrder): ReactNode {
  switch (node.type) {
    case 'heading': {
      const order = Math.min(headings + node.level - 1, 6) as TitleOrder;
      return (
        <Title order={order} size={node.level === 1 ? 'h3' : 'h4'}>
          {renderSpans(node.spans)}
        </Title>
      );
    }
    case 'paragraph':
      return <p>{renderSpans(node.spans)}</p>;
    case 'blockquote':
      return (
        <Blockquote p="sm" my="sm">
          {renderNodes(node.children, headings)}
        </Blockquote>
      );
    case 'bulletList':
      return <ul>{renderItems(node.items, headings)}</ul>;
    case 'orderedList':
      return <ol start={node.start}>{renderItems(node.items, headings)}</ol>;
  }
}

function renderItems(items: readonly (readonly Node[])[], headings: TitleOrder): ReactNode {
  return items.map((item, index) => {
    const [first, ...rest] = item;
    // An item that begins with a paragraph is set tight, without it.
    const tight = first?.type === 'paragraph';
    return (
      <li key={index}>
        {tight && renderSpans(first.spans)}
        {renderNodes(tight ? rest : item, headings)}
      </li>
    );
  });
}

function renderSpans(spans: readonly Span[]): ReactNode {
  return spans.map((span, index) => <Fragment key={index}>{renderSpan(span)}</Fragment>);
}

function renderSpan({ text, marks }: Span): ReactNode {
  const lines: ReactNode = text.split('\n').map((line, index) => (
    <Fragment key={index}>
      {index > 0 && <br />}
      {line}
    </Fragment>
  ));
  if (marks.code === true) return <Code>{lines}</Code>;
  let shown: ReactNode = lines;
  if (marks.italic === true) shown = <em>{shown}</em>;
  if (marks.bold === true) shown = <strong>{shown}</strong>;
  if (marks.link === undefined) return shown;
  return (
    <Anchor href={marks.link} target="_blank" rel="noopener noreferrer" inherit underline="always">
      {shown}
    </Anchor>
  );
}
