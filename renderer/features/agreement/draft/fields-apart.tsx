import { Alert, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { IconArrowsJoin } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldApart } from '../../../../shared/commons/apart-fields';
import { type DraftProtocol, draftField, setDraftField } from '../../../../shared/commons/draft';
import type { OpenDoc } from '../../../app/docs';
import { Settling } from '../../../editor/apart/settling';
import type { ApartFields } from '../../../editor/apart/use-apart';
import { useOthers } from '../../../editor/apart/use-others';
import { ParameterSentences } from '../parameter-sentences';
import type { Names } from '../use-words';

interface Props {
  readonly open: OpenDoc;
  readonly protocol: DraftProtocol;
  readonly names: Names;
  readonly apart: ApartFields;
}

/** Says that this person and others changed the title or the parameters of a protocol while apart, of which one is in the draft now. */
export function FieldsApart({ open, protocol, names, apart }: Props) {
  return apart.found
    .filter((each) => each.protocol === protocol.id)
    .map((each) => (
      <OneField
        key={each.field}
        apart={each}
        open={open}
        protocol={protocol}
        names={names}
        onSettle={() => apart.settle(each)}
      />
    ));
}

interface OneProps extends Omit<Props, 'apart'> {
  readonly apart: FieldApart;
  readonly onSettle: () => void;
}

function OneField({ apart, open, protocol, names, onSettle }: OneProps) {
  const { t } = useTranslation('editor');
  const others = useOthers(apart.who);
  const { field, before, mine, theirs } = apart;
  const now = draftField(open.doc, protocol.id, field) ?? '';
  const show = (value: string): ReactNode =>
    field === 'title' ? (
      <Text size="sm">
        <bdi>{value}</bdi>
      </Text>
    ) : (
      <ParameterSentences kind={protocol.kind} params={read(value)} names={names} />
    );
  const take = (value: string) => {
    setDraftField(open.doc, protocol.id, field, value);
    onSettle();
  };
  const sides = [
    [t('apart.before'), before],
    [t('apart.mine'), mine],
    [others, theirs],
    [t('apart.merged'), now],
  ] as const;
  return (
    <Alert
      variant="light"
      color="yellow"
      icon={<IconArrowsJoin size={18} aria-hidden />}
      title={t(`apart.field.${field}`, { who: others, title: protocol.title })}
      role="status"
    >
      <Stack gap="sm" align="stretch">
        <Text size="sm">{t('apart.oneStands')}</Text>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          {sides.map(([title, value]) => (
            <div key={title}>
              <Text size="sm" fw={600}>
                {title}
              </Text>
              {show(value)}
            </div>
          ))}
        </SimpleGrid>
        <Group gap="xs">
          <Settling others={others} onKeep={onSettle} onMine={() => take(mine)} onTheirs={() => take(theirs)} />
        </Group>
      </Stack>
    </Alert>
  );
}

function read(params: string): unknown {
  try {
    return JSON.parse(params) as unknown;
  } catch {
    return {};
  }
}
