import { ActionIcon, Anchor, Button, Menu } from "@mantine/core";
import type { ActionIconProps, AnchorProps, ButtonProps, MenuItemProps } from "@mantine/core";
import { createLink } from "@tanstack/react-router";
import type { AnchorHTMLAttributes, Ref } from "react";

type Native<Props> = Props &
  Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof Props> & { readonly ref?: Ref<HTMLAnchorElement> };

/** Mantine's looks with the router's typed addresses. */
export const LinkButton = createLink((props: Native<ButtonProps>) => <Button component="a" {...props} />);
export const LinkAnchor = createLink((props: Native<AnchorProps>) => <Anchor {...props} />);
export const LinkActionIcon = createLink((props: Native<ActionIconProps>) => <ActionIcon component="a" {...props} />);
export const LinkMenuItem = createLink((props: Native<MenuItemProps>) => <Menu.Item component="a" {...props} />);
