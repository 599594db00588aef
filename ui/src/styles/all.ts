/** Every style sheet of the window, in the order that counts: ours after nhsuk's. */
import './fonts.css';
import './nhsuk.scss';
import './tokens.css';
import './base.css';
import './controls.css';
