import { Button, Group, Modal, NumberInput, Select, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { parametersInForce } from '../../../shared/network/agreement/queries';
import { MAX_INVITE_DAYS, MAX_USES } from '../../../shared/network/membership/model';
import { endOfInvite } from '../../../shared/network/membership/queries';
import { useNetwork, useNetworkStore } from '../../app/network';
import { getPlatform } from '../../platform';
import { FormError, Moment } from '../../ui';
import { InviteLink } from './invite-link';
import { LanChoice, useLanOpen } from '../../app/lan-choice';
import { RelayChoice } from './relay-choice';

interface Issued {
  readonly link: string;
  readonly invite: string;
}

interface Props {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Makes an invite, and shows its link. */
export function InviteDialog({ opened, onClose }: Props) {
  const { t } = useTranslation('members');
  const { state } = useNetwork();
  const [issued, setIssued] = useState<Issued>();
  const invite = issued === undefined ? undefined : state.invites.get(issued.invite);
  const close = (): void => {
    setIssued(undefined);
    onClose();
  };
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t(issued === undefined ? 'invite.title' : 'invite.done')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {issued === undefined ? (
        <OrderForm onIssued={setIssued} onCancel={close} />
      ) : (
        <Stack>
          <InviteLink link={issued.link} />
          <Group justify="space-between">
            <Text size="sm" c="dimmed">
              {invite !== undefined && (
                <>
                  {t('invites.until')} <Moment time={endOfInvite(invite)} exact />
                </>
              )}
            </Text>
            <Button onClick={close}>{t('invite.finish')}</Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}

function OrderForm({ onIssued, onCancel }: { onIssued: (issued: Issued) => void; onCancel: () => void }) {
  const { t } = useTranslation('members');
  const store = useNetworkStore();
  const { state } = useNetwork();
  const types = parametersInForce(state, 'membership')?.types ?? [];
  const most = parametersInForce(state, 'admission')?.days ?? MAX_INVITE_DAYS;
  const lanOpen = useLanOpen();
  const [error, setError] = useState<unknown>();
  const form = useForm({
    initialValues: {
      type: types[0]?.id ?? '',
      uses: 1,
      days: most,
      lan: true,
      relay: false,
    },
    validate: {
      uses: (value) => (isWithin(value, MAX_USES) ? null : t('invite.range', { max: MAX_USES })),
      days: (value) => (isWithin(value, most) ? null : t('invite.daysRange', { max: most })),
    },
  });
  const issue = async ({ type, uses, days, lan, relay }: typeof form.values): Promise<void> => {
    setError(undefined);
    try {
      // First the door, then the invite: its link lists the addresses at which this app can be reached.
      if (lan && lanOpen === false) await getPlatform().openLan();
      onIssued(await store.engine.invite(store.id, { type, uses, days, relay }));
    } catch (failure) {
      setError(failure);
    }
  };
  return (
    <form onSubmit={form.onSubmit(issue)}>
      <Stack>
        <Select
          label={t('invite.type')}
          description={t('invite.typeHint')}
          data={types.map(({ id, label }) => ({ value: id, label }))}
          allowDeselect={false}
          data-autofocus
          {...form.getInputProps('type')}
        />
        <Group grow align="flex-end">
          <NumberInput
            label={t('invite.uses')}
            description={t('invite.usesHint')}
            min={1}
            max={MAX_USES}
            allowDecimal={false}
            {...form.getInputProps('uses')}
          />
          <NumberInput
            label={t('invite.days')}
            description={t('invite.daysHint', { count: most })}
            min={1}
            max={most}
            allowDecimal={false}
            {...form.getInputProps('days')}
          />
        </Group>
        <LanChoice
          lanOpen={lanOpen}
          hint={t('invite.lanHint')}
          isOpen={t('invite.lanIsOpen')}
          checkbox={form.getInputProps('lan', { type: 'checkbox' })}
        />
        <RelayChoice checkbox={form.getInputProps('relay', { type: 'checkbox' })} />
        <FormError error={error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={form.submitting}>
            {t('invite.make')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

const isWithin = (value: unknown, max: number): boolean =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= max;
