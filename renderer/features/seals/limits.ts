/** As founding asks: of names, and of the device's label. */
export const MAX_NAME = 80;
export const MAX_DEVICE = 40;
