import VisibilityIcon from "@mui/icons-material/Visibility";
import VisibilityOffIcon from "@mui/icons-material/VisibilityOff";
import { IconButton, InputAdornment, LinearProgress, Stack, TextField, type TextFieldProps, Typography } from "@mui/material";
import { useState } from "react";

import { words } from "../words/door";

/** A password field whose text can be shown. */
export function Password({ slotProps, ...props }: TextFieldProps) {
  const [shown, setShown] = useState(false);
  const toggle = (
    <InputAdornment position="end">
      <IconButton edge="end" aria-label={shown ? words.hide : words.show} onClick={() => setShown(!shown)}>
        {shown ? <VisibilityOffIcon /> : <VisibilityIcon />}
      </IconButton>
    </InputAdornment>
  );
  return <TextField {...props} type={shown ? "text" : "password"} slotProps={{ ...slotProps, input: { endAdornment: toggle } }} />;
}

interface Props {
  label?: string;
  value: string;
  error?: string | undefined;
  /** The fewest characters that are taken; fewer of those with a second factor. */
  least: number;
  hint?: string;
  autoFocus?: boolean;
  onChange: (value: string) => void;
}

/** A new password with a hint of how strong it is. The server has the last word. */
export function NewPassword({ label = words.strength.label, value, error, least, hint = words.strength.hint(least), autoFocus = false, onChange }: Props) {
  // What the server has said holds for the password that it has seen, and for no other.
  const [told, setTold] = useState({ error, value });
  if (told.error !== error) setTold({ error, value });
  const wrong = told.value === value ? error : undefined;
  const { share, say, color } = strength(value, least, Boolean(wrong));
  return (
    <Stack spacing={1}>
      <Password
        label={label}
        value={value}
        required
        autoFocus={autoFocus}
        autoComplete="new-password"
        error={Boolean(wrong)}
        helperText={wrong ?? hint}
        onChange={(event) => onChange(event.target.value)}
      />
      <LinearProgress variant="determinate" value={share} color={color} aria-hidden />
      <Typography variant="body2" color="textSecondary" role="status" sx={{ minHeight: "1.5em" }}>{say}</Typography>
    </Stack>
  );
}

function strength(password: string, least: number, refused: boolean): { share: number; say: string; color: "primary" | "error" | "warning" | "success" } {
  const length = [...password].length;
  if (length === 0) return { share: 0, say: "", color: "primary" };
  if (length < least) return { share: (length / least) * 50, say: words.strength.more(least - length), color: "error" };
  const kinds = new Set(password.toLowerCase()).size;
  if (refused || kinds < 6 || left(password) < 6) return { share: 50, say: words.strength.weak, color: "error" };
  if (length < 20 || kinds < 10) return { share: 75, say: words.strength.fair, color: "warning" };
  return { share: 100, say: words.strength.strong, color: "success" };
}

/** The words that everybody tries first. */
const COMMON = /password|passwort|welcome|letmein|iloveyou|football|baseball|princess|sunshine|trustno|monkey|dragon|master|shadow|secret|admin|login|hello/g;

/** What signs stand for, as in `p4ssw0rd`. */
const STANDS_FOR: Record<string, string> = { "0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i" };

/** How much is left to guess when such words are taken out. */
function left(password: string): number {
  const plain = password.toLowerCase();
  const read = plain.replace(/[013457@$!]/g, (sign) => STANDS_FOR[sign] ?? sign);
  return Math.min(...[plain, read].map((text) => surprises(text.replace(COMMON, ""))));
}

/** How many letters do not follow from the one before, as in `aaa`, `abc` and `321`, or on the keyboard, as in `qwe`. */
function surprises(password: string): number {
  const rows = "qwertyuiop asdfghjkl zxcvbnm";
  const letters = [...password];
  const near = (one = "", next = "") => Math.abs(one.charCodeAt(0) - next.charCodeAt(0)) <= 1 || rows.includes(one + next);
  return letters.filter((letter, at) => at === 0 || !near(letters[at - 1], letter)).length;
}
