import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../../ui';
import type { ProtocolKind } from '../../../shared/network/agreement/model';
import type { Translate } from '../../../shared/words/translate';
import type { Words } from './sentences';

export interface Named {
  readonly id: string;
  readonly label: string;
}

/** What parameters may refer to by its short name, in one set of protocols. */
export interface Names {
  readonly types: readonly Named[];
  readonly classes: readonly Named[];
  readonly protocols: readonly (Named & { readonly kind: ProtocolKind })[];
}

/** The words in which parameters are told, with the names that they may refer to. */
export function useWords({ types, classes, protocols }: Names): Words {
  const { t } = useTranslation('templates');
  const locale = useLocale();
  return useMemo(
    () => ({
      t: t as Translate,
      locale,
      typeLabel: labelIn(types),
      classLabel: labelIn(classes),
      protocolTitle: labelIn(protocols),
    }),
    [t, locale, types, classes, protocols],
  );
}

const labelIn =
  (named: readonly Named[]) =>
  (id: string): string =>
    named.find((one) => one.id === id)?.label ?? id;

interface Protocol {
  readonly id: string;
  readonly kind: ProtocolKind;
  readonly title: string;
  readonly params: unknown;
}

/** The names in a set of protocols; the same object as long as it is the same set. */
export function namesIn(protocols: readonly Protocol[]): Names {
  const present = known.get(protocols);
  if (present !== undefined) return present;
  const paramsOf = (kind: ProtocolKind): unknown => protocols.find((protocol) => protocol.kind === kind)?.params;
  const membership = paramsOf('membership') as { readonly types?: readonly Named[] } | undefined;
  const decisions = paramsOf('decisions') as { readonly classes?: readonly Named[] } | undefined;
  const names: Names = {
    types: membership?.types ?? [],
    classes: decisions?.classes ?? [],
    protocols: protocols.map(({ id, kind, title }) => ({ id, kind, label: title })),
  };
  known.set(protocols, names);
  return names;
}
const known = new WeakMap<readonly Protocol[], Names>();
