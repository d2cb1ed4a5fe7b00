import { useTranslation } from 'react-i18next';
import type { Parameters } from '../../../shared/network/agreement/model';
import { protocolsOf, titledProtocols, withProtocol } from '../../../shared/engine/founding-draft';
import type { Translate } from '../../../shared/words/translate';
import { ParametersForm, namesIn } from '../agreement';
import type { StepProps } from './purpose-step';

export function MembersStep({ draft, onChange }: StepProps) {
  const templates = useTranslation('templates').t as Translate;
  const membership = protocolsOf(draft).find((protocol) => protocol.kind === 'membership');
  if (membership === undefined) return null;
  return (
    <ParametersForm
      kind="membership"
      params={membership.params as Parameters<'membership'>}
      names={namesIn(titledProtocols(draft, templates))}
      unit={draft.unit}
      onChange={(params) => onChange(withProtocol(draft, membership.id, { params }))}
    />
  );
}
