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
  const { share, say, color } = strength(value, least);
  return (
    <Stack spacing={1}>
      <Password
        label={label}
        value={value}
        required
        autoFocus={autoFocus}
        autoComplete="new-password"
        error={Boolean(error)}
        helperText={error ?? hint}
        onChange={(event) => onChange(event.target.value)}
      />
      <LinearProgress variant="determinate" value={share} color={color} aria-hidden />
      <Typography variant="body2" color="textSecondary" role="status" sx={{ minHeight: "1.5em" }}>{say}</Typography>
    </Stack>
  );
}

function strength(password: string, least: number): { share: number; say: string; color: "primary" | "error" | "warning" | "success" } {
  const length = [...password].length;
  if (length === 0) return { share: 0, say: "", color: "primary" };
  if (length < least) return { share: (length / least) * 50, say: words.strength.more(least - length), color: "error" };
  const kinds = new Set(password.toLowerCase()).size;
  if (kinds < 6 || surprises(password) < 6) return { share: 50, say: words.strength.weak, color: "error" };
  if (length < 20 || kinds < 10) return { share: 75, say: words.strength.fair, color: "warning" };
  return { share: 100, say: words.strength.strong, color: "success" };
}

/** How many letters do not follow from the one before, as in `aaa`, `abc` and `321`, or on the keyboard, as in `qwe`. */
function surprises(password: string): number {
  const rows = "qwertyuiop asdfghjkl zxcvbnm";
  const letters = [...password.toLowerCase()];
  const near = (one = "", next = "") => Math.abs(one.charCodeAt(0) - next.charCodeAt(0)) <= 1 || rows.includes(one + next);
  return letters.filter((letter, at) => at === 0 || !near(letters[at - 1], letter)).length;
}
