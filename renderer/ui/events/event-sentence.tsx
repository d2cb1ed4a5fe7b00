import { Anchor } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useNetwork, useTexts } from '../../app/network';
import type { EventView } from '../../../shared/engine/contract';
import { formatDay } from '../dates';
import { useLocale } from '../locale';
import { formatMoney } from '../../../shared/words/money';
import { eventWords } from './words';

/** Longest piece of a detached text that a sentence quotes, in UTF-16 units. */
const MAX_QUOTE = 120;

/** An event as one plain sentence. */
export function useEventSentence(view: EventView): { readonly sentence: string; readonly href: string } {
  const { t } = useTranslation('events');
  const locale = useLocale();
  const { state } = useNetwork();
  const words = useMemo(() => eventWords(view, state), [view, state]);
  const refs = useMemo(() => Object.values(words.refs).filter((ref) => ref !== undefined), [words]);
  const texts = useTexts(refs);
  const gaps: Record<string, string> = { ...words.values };
  for (const [name, ref] of Object.entries(words.refs)) {
    const text = ref === undefined ? null : texts[refs.indexOf(ref)];
    gaps[name] = text === undefined ? '…' : text === null ? t(`missing.${name}`) : shorten(text);
  }
  if (words.money !== undefined) gaps['amount'] = formatMoney(words.money.amount, words.money.unit, locale);
  for (const [name, date] of Object.entries(words.days ?? {})) gaps[name] = formatDay(date, locale);
  return {
    sentence: t(words.key, { ...gaps, ...(words.context === undefined ? {} : { context: words.context }) }),
    href: words.href,
  };
}

/** The sentence as a link to what it is about. */
export function EventSentence({ view }: { readonly view: EventView }) {
  const { sentence, href } = useEventSentence(view);
  return (
    <Anchor component={Link} href={href} c="inherit" style={{ overflowWrap: 'anywhere' }}>
      {sentence}
    </Anchor>
  );
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= MAX_QUOTE ? line : `${line.slice(0, MAX_QUOTE - 1).trimEnd()}…`;
}
