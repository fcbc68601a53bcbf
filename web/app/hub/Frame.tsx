import AppsIcon from "@mui/icons-material/Apps";
import CodeIcon from "@mui/icons-material/Code";
import HistoryIcon from "@mui/icons-material/History";
import HomeIcon from "@mui/icons-material/Home";
import MailIcon from "@mui/icons-material/MailOutlined";
import PersonIcon from "@mui/icons-material/PersonOutlined";
import SettingsIcon from "@mui/icons-material/SettingsOutlined";
import HandshakeIcon from "@mui/icons-material/HandshakeOutlined";
import StorageIcon from "@mui/icons-material/Storage";
import { Box, Button, ListItemIcon, ListItemText, MenuItem } from "@mui/material";
import { type ReactNode, Suspense } from "react";
import { AppBar, Layout, Logout, Menu, Notification, TitlePortal, ToggleThemeButton, UserMenu, useGetIdentity, usePermissions, useUserMenu } from "react-admin";
import { Link } from "react-router-dom";

import { words } from "../words/hub";
import { ownLogo } from "../shared/logo";
import type { Role } from "./auth";
import { Leaving } from "./parts/Leaving";
import { PasswordAgain } from "./parts/again";
import { Empty, Loading } from "./parts/bits";
import { useHub } from "./parts/useHub";

/** Bar, menu and page. The menu shows what the role may see. */
export function Frame({ children }: { children: ReactNode }) {
  return (
    <Layout appBar={Bar} menu={Rooms} error={Broken}>
      <Suspense fallback={<Loading />}>{children}</Suspense>
      <PasswordAgain />
      <Leaving />
    </Layout>
  );
}

/** What has been done, said over the bar: below it would stand on what has just been made. */
export const Told = () => <Notification anchorOrigin={{ vertical: "top", horizontal: "center" }} sx={{ "&&": { top: 4 } }} />;

/** A room that cannot be shown: the connection is lost, or the hub has been renewed and its old files are gone. */
function Broken() {
  return (
    <Empty page title={words.broken.title} lead={words.broken.lead}>
      <Button variant="contained" onClick={() => location.reload()}>{words.broken.again}</Button>
    </Empty>
  );
}

function Bar() {
  return (
    <AppBar alwaysOn toolbar={<ToggleThemeButton />} userMenu={<Me />} color="primary">
      <Whose />
      <TitlePortal sx={{ display: "none" }} />
    </AppBar>
  );
}

/** Whose hub it is. */
function Whose() {
  const hub = useHub();
  const logo = ownLogo(hub?.logoUrl);
  return (
    <Box sx={{ flex: 1, minWidth: 0, display: "flex", alignItems: "center", gap: 1.5, fontWeight: 650 }}>
      {/* Transparent logos are drawn for white paper. */}
      {logo && <Box component="img" src={logo} alt={hub?.name} sx={{ height: 36, maxWidth: 160, objectFit: "contain", p: 0.5, bgcolor: "common.white", borderRadius: 1, boxSizing: "border-box" }} />}
      {!logo && <Box component="span" sx={{ overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" }}>{hub?.name}</Box>}
    </Box>
  );
}

function Me() {
  const { identity } = useGetIdentity();
  return (
    <UserMenu label={identity?.fullName ?? words.menu.account}>
      <Account />
      <Logout />
    </UserMenu>
  );
}

function Account() {
  const menu = useUserMenu();
  return (
    <MenuItem component={Link} to="/account" onClick={menu?.onClose}>
      <ListItemIcon><PersonIcon fontSize="small" /></ListItemIcon>
      <ListItemText>{words.menu.account}</ListItemText>
    </MenuItem>
  );
}

function Rooms() {
  const { permissions } = usePermissions<Role>();
  const vendor = permissions?.startsWith("VENDOR") ?? false;
  const { menu } = words;
  return (
    <Menu>
      <Menu.Item to="/" primaryText={menu.home} leftIcon={<HomeIcon />} />
      {vendor && <Menu.Item to="/partners" primaryText={menu.partners} leftIcon={<HandshakeIcon />} />}
      <Menu.Item to="/integrations" primaryText={menu.integrations} leftIcon={<AppsIcon />} />
      <Menu.Item to="/tenants" primaryText={menu.tenants} leftIcon={<StorageIcon />} />
      {vendor && <Menu.Item to="/invitations" primaryText={menu.invitations} leftIcon={<MailIcon />} />}
      <Menu.Item to="/activity" primaryText={menu.activity} leftIcon={<HistoryIcon />} />
      <Menu.Item to="/settings" primaryText={menu.settings} leftIcon={<SettingsIcon />} />
      {vendor && (
        <MenuItem component="a" href="/playground/" sx={{ color: "text.secondary", px: 2, mx: 0.75 }}>
          <ListItemIcon sx={{ "&&": { minWidth: 40 } }}><CodeIcon titleAccess={menu.playground} /></ListItemIcon>
          {menu.playground}
        </MenuItem>
      )}
    </Menu>
  );
}
