import { Alert, Button, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type * as Y from 'yjs';
import { type DraftProtocol, setParams } from '../../../../shared/commons/draft';
import { type Parameters, type ProtocolKind, parametersOf } from '../../../../shared/network/agreement/model';
import { defaultParameters } from '../../../../shared/network/agreement/templates';
import { NETWORK_KEY } from '../../../../shared/network/state';
import { useNetwork } from '../../../app/network';
import { ParametersForm } from '../parameters/parameters-form';
import type { Names } from '../use-words';

/** Parameters of the shared draft. What is not well-formed yet stays in this form; the draft gets it once it is. */
export function DraftParameters(props: { doc: Y.Doc; protocol: DraftProtocol; names: Names }) {
  const { t } = useTranslation('agreement');
  const { state } = useNetwork();
  const [unfinished, setUnfinished] = useState<Parameters | null>(null);
  const { doc, protocol } = props;
  const fits = (params: unknown): params is Parameters => parametersOf(protocol.kind)(params);
  const shared = fits(protocol.params) ? protocol.params : undefined;
  const shown = unfinished ?? shared;
  if (shown === undefined)
    return (
      <Alert color="orange" variant="light">
        <Stack gap="sm" align="flex-start">
          <Text size="sm">{t('draft.malformed')}</Text>
          <Button
            size="xs"
            variant="default"
            onClick={() => setParams(doc, protocol.id, defaultParameters(protocol.kind))}
          >
            {t('draft.mend')}
          </Button>
        </Stack>
      </Alert>
    );
  return (
    <Stack gap="sm">
      <ParametersForm<ProtocolKind>
        kind={protocol.kind}
        params={shown}
        names={props.names}
        unit={state.network.get(NETWORK_KEY)?.unit ?? 'EUR'}
        onChange={(params) => {
          if (fits(params)) {
            setUnfinished(null);
            setParams(doc, protocol.id, params);
          } else setUnfinished(params);
        }}
      />
      {unfinished !== null && (
        <Text size="sm" c="red" role="alert">
          {t('draft.unfinished')}
        </Text>
      )}
    </Stack>
  );
}
