/** The templates that the app brings; their words are those of the namespace `pagetemplates`. */
export const TEMPLATES = ['purpose', 'meeting', 'house', 'diligence', 'maintenance'] as const;
