import { holdGallery } from './hold-gallery.ts';

holdGallery('dark');
