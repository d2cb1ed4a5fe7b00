import { Button, Drawer, List, Stack, Text } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Fact, type Foreseen, foreseeRight } from '../../shared/network/foreseen/foreseen';
import type { Right } from '../../shared/network/membership/model';
import { useMe, useNetwork } from '../app/network';
import { typeLabel } from './events/words';
import { useLocale } from './locale';
import { ClauseLink } from './clause-link';
import { WhyContent } from './why-button';

/** What is for members with a right; for the others, why it is not for them. Nothing for a device that is not a member's yet. */
export function WithRight(props: { readonly right: Right; readonly what: string; readonly children?: ReactNode }) {
  const { state } = useNetwork();
  const me = useMe();
  if (me === null) return null;
  const foreseen = foreseeRight(state, me.member, props.right);
  return foreseen === undefined ? props.children : <WhyNot foreseen={foreseen} what={props.what} />;
}

interface Props {
  readonly foreseen: Foreseen;
  /** What can not be done, in the words of its button, such as "Close the vote". */
  readonly what: string;
}

/** In the place of a button that the rules would refuse: what can not be done, and by which clause and facts. */
export function WhyNot({ foreseen, what }: Props) {
  const { t } = useTranslation(['explain', 'ui']);
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        leftSection={<IconLock size={16} aria-hidden />}
        aria-haspopup="dialog"
        onClick={() => setOpened(true)}
      >
        {t('whyNot', { what })}
      </Button>
      <Drawer
        opened={opened}
        onClose={() => setOpened(false)}
        title={t('whyNot', { what })}
        closeButtonProps={{ 'aria-label': t('close', { ns: 'ui' }) }}
      >
        {opened && <Explanation foreseen={foreseen} />}
      </Drawer>
    </>
  );
}

/** The reason in words, the facts, the clause, and the events if it rests on any. */
function Explanation({ foreseen }: { readonly foreseen: Foreseen }) {
  const { t } = useTranslation(['effects']);
  const { code, clause, events = [], facts } = foreseen;
  return (
    <Stack gap="md">
      <Text>{t(code)}</Text>
      {facts.length > 0 && (
        <List size="sm">
          {facts.map((fact) => (
            <List.Item key={fact.kind}>
              <FactWords fact={fact} />
            </List.Item>
          ))}
        </List>
      )}
      {events.length > 0 ? (
        <WhyContent why={{ events, ...(clause === undefined ? {} : { clause }) }} sealed={undefined} />
      ) : (
        clause !== undefined && <ClauseLink clause={clause} />
      )}
    </Stack>
  );
}

function FactWords({ fact }: { readonly fact: Fact }) {
  const { t } = useTranslation(['explain', 'templates']);
  const { state } = useNetwork();
  const locale = useLocale();
  switch (fact.kind) {
    case 'right': {
      const types = fact.entitled.map((type) => typeLabel(type, state));
      return (
        <>
          {t(types.length === 0 ? 'fact.rightNobody' : 'fact.right', {
            type: typeLabel(fact.type, state),
            right: t(`rights.${fact.right}.label`, { ns: 'templates' }),
            types: new Intl.ListFormat(locale).format(types),
          })}
        </>
      );
    }
    case 'types':
      return (
        <>
          {t('fact.types', {
            type: typeLabel(fact.type, state),
            types: new Intl.ListFormat(locale).format(fact.entitled.map((type) => typeLabel(type, state))),
          })}
        </>
      );
    case 'ballots':
      return <>{t('fact.ballots', { cast: fact.cast, count: fact.needed })}</>;
    case 'electorate':
      return <>{t('fact.electorate', { count: fact.count })}</>;
    case 'stay': {
      const { counts, wanted, shortest, longest } = fact;
      return <>{t(`fact.stay.${counts}`, { count: wanted, shortest, longest })}</>;
    }
    case 'quota': {
      const { counts, year, most, had, wanted } = fact;
      return <>{t(`fact.quota.${counts}`, { count: most, year, had, wanted })}</>;
    }
  }
}
