import { Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { MemberName } from '../ui/member-name';
import { hueOf } from './hue';
import classes from './people-here.module.css';

/** Who else is in a document now, with the colours of their carets. Nothing when one is alone. */
export function PeopleHere({ members }: { readonly members: readonly string[] }) {
  const { t } = useTranslation('editor');
  return (
    <Group gap="xs" aria-live="polite" className={classes['people']}>
      {members.length > 0 && (
        <Text span size="sm" c="dimmed">
          {t('here')}
        </Text>
      )}
      {members.map((member) => (
        <Text key={member} span size="sm" className={classes['person']}>
          <span className={classes['dot']} data-hue={hueOf(member)} aria-hidden />
          <MemberName id={member} />
        </Text>
      ))}
    </Group>
  );
}
