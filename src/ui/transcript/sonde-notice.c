/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-notice.h"

#include <glib/gi18n.h>
#include <string.h>

/**
 * SondeNotice:
 *
 * What is to be said under an answer that is not whole: what happened, what to do
 * about it, and what the service itself said.
 */
struct _SondeNotice {
  GtkWidget parent_instance;

  GtkImage *icon;
  GtkWidget *words;
  GtkLabel *sentence;
  GtkLabel *detail;
  GtkWidget *actions;
  GtkWidget *add_key;
  GtkWidget *retry;
  gboolean can_retry;
};

G_DEFINE_FINAL_TYPE (SondeNotice, sonde_notice, GTK_TYPE_WIDGET)

/* What to say of each failure, and whether another key would help (contract.md
 * section 7.2). In the order of SondeFailureKind. */
static const struct {
  const char *sentence;
  gboolean key;
} failures[] = {
  [SONDE_FAILURE_NO_KEY] = { N_ ("There is no API key to ask with. Add one to begin."), TRUE },
  [SONDE_FAILURE_UNAUTHORIZED] = { N_ ("The API key was refused. Check the key, or enter another "
                                       "one."),
                                   TRUE },
  [SONDE_FAILURE_BALANCE] = { N_ ("The balance of this account is used up. Top it up with the "
                                  "service, then try again."),
                              TRUE },
  [SONDE_FAILURE_INVALID_REQUEST] = { N_ ("The service did not accept the request."), FALSE },
  [SONDE_FAILURE_CONTEXT_LENGTH] = { N_ ("This conversation has grown longer than the model can "
                                         "read. Start a new one, or shorten the message."),
                                     FALSE },
  [SONDE_FAILURE_MODEL_NOT_FOUND] = { N_ ("The service does not know this model. Choose another "
                                          "one, then try again."),
                                      FALSE },
  [SONDE_FAILURE_CONTENT_RISK] = { N_ ("The service’s content check refused this message. Change "
                                       "its wording, then send it again."),
                                   FALSE },
  [SONDE_FAILURE_TOO_LARGE] = { N_ ("The message is too large for the service. Shorten it, then "
                                    "send it again."),
                                FALSE },
  [SONDE_FAILURE_ENDPOINT] = { N_ ("No chat service answers at this address. Check the base URL in "
                                   "the preferences."),
                               FALSE },
  [SONDE_FAILURE_RATE_LIMIT] = { N_ ("The service is getting more requests than it allows. Wait a "
                                     "moment, then try again."),
                                 FALSE },
  [SONDE_FAILURE_SERVER] = { N_ ("The service has a problem of its own. Try again in a moment."),
                             FALSE },
  [SONDE_FAILURE_OVERLOADED] = { N_ ("The service is overloaded. Try again in a moment."), FALSE },
  [SONDE_FAILURE_NETWORK] = { N_ ("The service could not be reached. Check the network connection, "
                                  "then try again."),
                              FALSE },
  [SONDE_FAILURE_CUT] = { N_ ("The connection was cut before the answer was finished. What arrived "
                              "is kept."),
                          FALSE },
  [SONDE_FAILURE_STALLED] = { N_ ("The service went silent before the answer was finished. What "
                                  "arrived is kept."),
                              FALSE },
  [SONDE_FAILURE_EMPTY] = { N_ ("The service answered with nothing. Try again."), FALSE },
  [SONDE_FAILURE_PROTOCOL] = { N_ ("The service answered in a way that Sonde does not understand. "
                                   "Check the base URL in the preferences, or try again."),
                               FALSE },
  [SONDE_FAILURE_STREAM] = { N_ ("The service stopped the answer with an error. What arrived is "
                                 "kept."),
                             FALSE },
};

/* What to say of an answer that ended by itself; NULL where it is whole. */
static char *
describe_finish (SondeMessage *message)
{
  const char *reason = sonde_message_get_finish_reason (message);
  gboolean answered = sonde_message_get_text_length (message, SONDE_TEXT_CONTENT) > 0;

  if (reason == NULL || strcmp (reason, "stop") == 0 || strcmp (reason, "tool_calls") == 0)
    return NULL;
  if (strcmp (reason, "length") == 0)
    return g_strdup (answered ? _ ("The answer reached the length limit and is cut short here.")
                              : _ ("The length limit was reached while the model was still "
                                   "thinking. Raise the limit, or turn thinking off."));
  if (strcmp (reason, "content_filter") == 0)
    return g_strdup (_ ("The service’s content check stopped the answer here."));
  if (strcmp (reason, "insufficient_system_resource") == 0)
    return g_strdup (
      _ ("The service ran out of resources and stopped the answer here. Try again in "
         "a moment."));

  return g_strdup_printf (_ ("The service ended the answer for a reason of its own: %s"), reason);
}

static void
show_detail (SondeNotice *self, const SondeFailure *failure)
{
  GString *detail = g_string_new (NULL);

  if (failure->http_status != 0)
    g_string_append_printf (detail, "HTTP %u", failure->http_status);
  if (failure->detail != NULL && *failure->detail != '\0')
    g_string_append_printf (detail, "%s%s", detail->len > 0 ? " · " : "", failure->detail);
  if (failure->trace_id != NULL && *failure->trace_id != '\0') {
    g_autofree char *trace = g_strdup_printf (_ ("Trace ID: %s"), failure->trace_id);
    g_string_append_printf (detail, "%s%s", detail->len > 0 ? "\n" : "", trace);
  }
  gtk_label_set_text (self->detail, detail->str);
  gtk_widget_set_visible (GTK_WIDGET (self->detail), detail->len > 0);
  g_string_free (detail, TRUE);
}

static void
sonde_notice_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), SONDE_TYPE_NOTICE);

  G_OBJECT_CLASS (sonde_notice_parent_class)->dispose (object);
}

static void
sonde_notice_class_init (SondeNoticeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = sonde_notice_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/sondechat/Sonde/transcript/sonde-notice.ui");
  gtk_widget_class_bind_template_child (widget_class, SondeNotice, icon);
  gtk_widget_class_bind_template_child (widget_class, SondeNotice, words);
  gtk_widget_class_bind_template_child (widget_class, SondeNotice, sentence);
  gtk_widget_class_bind_template_child (widget_class, SondeNotice, detail);
  gtk_widget_class_bind_template_child (widget_class, SondeNotice, actions);
  gtk_widget_class_bind_template_child (widget_class, SondeNotice, add_key);
  gtk_widget_class_bind_template_child (widget_class, SondeNotice, retry);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "notice");
}

static void
sonde_notice_init (SondeNotice *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* How a message stands, in a sentence; NULL where nothing is to be said. */
static char *
describe (SondeMessage *message)
{
  const SondeFailure *failure = sonde_message_get_failure (message);

  switch (sonde_message_get_state (message)) {
  case SONDE_MESSAGE_STREAMING:
    return NULL;
  case SONDE_MESSAGE_COMPLETE:
    return describe_finish (message);
  case SONDE_MESSAGE_STOPPED:
    return g_strdup (_ ("You stopped this answer."));
  case SONDE_MESSAGE_INTERRUPTED:
    if (failure == NULL)
      return g_strdup (
        _ ("Sonde was closed before this answer was finished. What arrived is kept."));
    break;
  case SONDE_MESSAGE_FAILED:
    break;
  }

  if (failure == NULL || (gsize) failure->kind >= G_N_ELEMENTS (failures))
    return g_strdup (_ ("This answer failed. Try again."));

  return g_strdup (_ (failures[failure->kind].sentence));
}

/**
 * sonde_notice_new_for_message:
 * @message: an answer
 *
 * Returns: (transfer floating) (nullable): what is to be said of it, or %NULL where it is whole
 *   or on its way
 */
GtkWidget *
sonde_notice_new_for_message (SondeMessage *message)
{
  g_autofree char *sentence = describe (message);
  const SondeFailure *failure = sonde_message_get_failure (message);
  SondeMessageState state = sonde_message_get_state (message);
  gboolean failed = state == SONDE_MESSAGE_FAILED || state == SONDE_MESSAGE_INTERRUPTED;
  SondeNotice *self;

  if (sentence == NULL)
    return NULL;

  self = g_object_new (SONDE_TYPE_NOTICE, "accessible-role",
                       failed ? GTK_ACCESSIBLE_ROLE_ALERT : GTK_ACCESSIBLE_ROLE_NOTE, NULL);
  gtk_label_set_label (self->sentence, sentence);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence,
                                  -1);
  gtk_widget_set_visible (GTK_WIDGET (self->icon), failed);
  self->can_retry = failed; /* else the footer does */
  gtk_widget_add_css_class (GTK_WIDGET (self), failed ? "failed" : "quiet");
  if (failed && failure != NULL) {
    show_detail (self, failure);
    gtk_widget_set_visible (self->add_key, (gsize) failure->kind < G_N_ELEMENTS (failures) &&
                                             failures[failure->kind].key);
  }
  sonde_notice_set_last (self, FALSE);

  return GTK_WIDGET (self);
}

/**
 * sonde_notice_set_last:
 * @self: a notice
 * @last: whether it stands under the last answer: that one can be asked for again
 */
void
sonde_notice_set_last (SondeNotice *self, gboolean last)
{
  g_return_if_fail (SONDE_IS_NOTICE (self));

  gtk_widget_set_visible (self->retry, self->can_retry && last);
  gtk_widget_set_visible (self->actions, gtk_widget_get_visible (self->retry) ||
                                           gtk_widget_get_visible (self->add_key));
}

/**
 * sonde_notice_get_sentence:
 * @self: a notice
 *
 * Returns: what it says
 */
const char *
sonde_notice_get_sentence (SondeNotice *self)
{
  g_return_val_if_fail (SONDE_IS_NOTICE (self), NULL);

  return gtk_label_get_label (self->sentence);
}
