import styles from './option.module.css';

/** Of panels and their lines; apart from `option.tsx`, whose code a menu does not need. */
export const optionStyles = styles;
