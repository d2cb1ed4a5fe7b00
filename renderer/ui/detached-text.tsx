import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { TextRef } from '../../shared/record/text';
import { useText } from '../app/network';

interface Props {
  readonly of: TextRef | undefined;
  /** Shown when there is no text at all. */
  readonly fallback?: ReactNode;
}

/** A detached text; says so when it was erased or has not arrived. */
export function DetachedText({ of, fallback }: Props) {
  const { t } = useTranslation('ui');
  const text = useText(of);
  if (of === undefined) return fallback;
  if (text === undefined) return <span aria-busy="true">…</span>;
  if (text === null) {
    return (
      <Text span inherit fs="italic" c="dimmed">
        {t('textMissing')}
      </Text>
    );
  }
  return text === '' && fallback !== undefined ? fallback : <bdi>{text}</bdi>;
}
