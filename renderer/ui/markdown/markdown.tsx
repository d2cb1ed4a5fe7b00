import { Anchor, Blockquote, Code, Title, type TitleOrder } from '@mantine/core';
import { IconSquare, IconSquareCheckFilled } from '@tabler/icons-react';
import { Fragment, type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { parseMarkdown } from '../../../shared/commons/text/parse';
import type { Node, Span, TaskItem } from '../../../shared/commons/text/schema';
import { CalloutFrame } from '../callout/callout-frame';
import { EmbeddedFile } from '../files/embedded-file';
import { EmbeddedPicture } from '../files/embedded-picture';
import { MentionLink } from '../mention/mention-link';
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
    case 'taskList':
      return <Tasks items={node.items} headings={headings} />;
    case 'callout':
      return <CalloutFrame kind={node.kind}>{renderNodes(node.children, headings)}</CalloutFrame>;
    case 'codeBlock':
      return (
        <Code block tabIndex={0} dir="ltr">
          {node.text}
        </Code>
      );
    case 'horizontalRule':
      return <hr />;
    case 'table':
      return <Table rows={node.rows} />;
    case 'image':
      return <EmbeddedPicture file={node.file} alt={node.alt} />;
    case 'file':
      return <EmbeddedFile file={node.file} name={node.name} />;
  }
}

/** Whether each is done is said in words as well: a box that can not be ticked would only seem to be one. */
function Tasks({ items, headings }: { readonly items: readonly TaskItem[]; readonly headings: TitleOrder }) {
  return (
    <ul className={classes['tasks']}>
      {items.map(({ checked, children }, index) => (
        <li key={index}>
          <Box checked={checked} />
          <div>{renderItem(children, headings)}</div>
        </li>
      ))}
    </ul>
  );
}

function Box({ checked }: { readonly checked: boolean }) {
  const { t } = useTranslation('ui');
  const Icon = checked ? IconSquareCheckFilled : IconSquare;
  return (
    <Icon size="1.15em" role="img" aria-label={t(checked ? 'task.done' : 'task.open')} className={classes['box']} />
  );
}

/** Wide tables scroll by themselves, also by keyboard. */
function Table({ rows: [head, ...rows] }: { readonly rows: readonly (readonly (readonly Span[])[])[] }) {
  const { t } = useTranslation('ui');
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so it must be possible to focus it
    <div className={classes['table']} tabIndex={0} role="group" aria-label={t('table')}>
      <table>
        <thead>
          <tr>
            {head?.map((cell, column) =>
              // A column without a name has no heading.
              cell.length === 0 ? (
                <td key={column}>&nbsp;</td>
              ) : (
                <th key={column} scope="col">
                  {renderSpans(cell)}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {row.map((cell, column) => (
                <td key={column}>{renderSpans(cell)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function renderItems(items: readonly (readonly Node[])[], headings: TitleOrder): ReactNode {
  return items.map((item, index) => <li key={index}>{renderItem(item, headings)}</li>);
}

function renderItem(item: readonly Node[], headings: TitleOrder): ReactNode {
  const [first, ...rest] = item;
  // An item that begins with a paragraph is set tight, without it.
  const tight = first?.type === 'paragraph';
  return (
    <>
      {tight && renderSpans(first.spans)}
      {renderNodes(tight ? rest : item, headings)}
    </>
  );
}

function renderSpans(spans: readonly Span[]): ReactNode {
  return spans.map((span, index) => <Fragment key={index}>{renderSpan(span)}</Fragment>);
}

function renderSpan({ text, marks, mention }: Span): ReactNode {
  if (mention !== undefined) return <MentionLink mention={mention} label={text} />;
  const lines: ReactNode = text.split('\n').map((line, index) => (
    <Fragment key={index}>
      {index > 0 && <br />}
      {line}
    </Fragment>
  ));
  if (marks.code === true) return <Code>{lines}</Code>;
  let shown: ReactNode = lines;
  if (marks.strike === true) shown = <s>{shown}</s>;
  if (marks.italic === true) shown = <em>{shown}</em>;
  if (marks.bold === true) shown = <strong>{shown}</strong>;
  if (marks.link === undefined) return shown;
  return (
    <Anchor href={marks.link} target="_blank" rel="noopener noreferrer" inherit underline="always">
      {shown}
    </Anchor>
  );
}
