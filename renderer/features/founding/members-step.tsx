import type { Parameters } from '../../../shared/network/agreement/model';
import { ParametersForm } from '../agreement';
import { membershipTypes, protocolsOf, withProtocol } from '../../../shared/engine/founding-draft';
import type { StepProps } from './purpose-step';

export function MembersStep({ draft, onChange }: StepProps) {
  const membership = protocolsOf(draft).find((protocol) => protocol.kind === 'membership');
  if (membership === undefined) return null;
  return (
    <ParametersForm
      kind="membership"
      params={membership.params as Parameters<'membership'>}
      types={membershipTypes(draft)}
      unit={draft.unit}
      onChange={(params) => onChange(withProtocol(draft, membership.id, { params }))}
    />
  );
}
