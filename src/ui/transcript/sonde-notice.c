/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-notice.h"

#include <adwaita.h>
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
  SondeMessage *message;
  guint offers;    /* Offer: what may be done about it */
  guint countdown; /* turns the seconds until the next try */
};

/* What a button under an answer does; a bit each, in the order of the buttons. */
typedef enum {
  OFFER_CONTINUE = 1 << 0,
  OFFER_KEEP_WAITING = 1 << 1,
  OFFER_RETRY = 1 << 2,
  OFFER_TRY_NOW = 1 << 3,
  OFFER_STOP = 1 << 4,
  OFFER_CANCEL = 1 << 5,
  OFFER_KEY = 1 << 6,
  OFFER_TOP_UP = 1 << 7,
  OFFER_SUMMARISE = 1 << 8,
  OFFER_NEW_CONVERSATION = 1 << 9,
  OFFER_PREFERENCES = 1 << 10,
  OFFER_MODEL = 1 << 11,
} Offer;

static const struct {
  const char *label;
  const char *action;
} buttons[] = {
  { N_ ("Continue"), "win.continue" },
  { N_ ("Keep Waiting"), "win.keep-waiting" },
  { N_ ("Retry"), "win.retry" },
  { N_ ("Try Now"), "win.try-now" },
  { N_ ("Stop"), "win.stop" },
  { N_ ("Cancel"), "win.stop" },
  { N_ ("API Key…"), "win.add-key" },
  { N_ ("Top Up…"), "win.top-up" },
  { N_ ("Summarise Older Messages"), "win.summarise" },
  { N_ ("New Conversation"), "win.new-conversation" },
  { N_ ("Preferences…"), "win.preferences" },
  { N_ ("Choose a Model"), "win.choose-model" },
};

/* What can be asked of the last answer only. */
#define OFFERS_OF_LAST                                                                             \
  (OFFER_CONTINUE | OFFER_KEEP_WAITING | OFFER_RETRY | OFFER_TRY_NOW | OFFER_STOP | OFFER_CANCEL)

G_DEFINE_FINAL_TYPE (SondeNotice, sonde_notice, GTK_TYPE_WIDGET)

/* What to say of each failure, and what else than asking again may help (contract.md
 * section 7.2). In the order of SondeFailureKind. */
static const struct {
  const char *sentence;
  guint offers;
} failures[] = {
  [SONDE_FAILURE_NO_KEY] = { N_ ("There is no API key to ask with. Add one to begin."), OFFER_KEY },
  [SONDE_FAILURE_UNAUTHORIZED] = { N_ ("The API key was refused. Check the key, or enter another "
                                       "one."),
                                   OFFER_KEY },
  [SONDE_FAILURE_BALANCE] = { N_ ("The balance of this account is used up. Top it up with the "
                                  "service, then try again."),
                              OFFER_TOP_UP | OFFER_KEY },
  [SONDE_FAILURE_INVALID_REQUEST] = { N_ ("The service did not accept the request."), 0 },
  [SONDE_FAILURE_CONTEXT_LENGTH] = { N_ ("This conversation has grown longer than the model can "
                                         "read. Have its older messages summarised, start a new "
                                         "one, or shorten the message."),
                                     OFFER_SUMMARISE | OFFER_NEW_CONVERSATION },
  [SONDE_FAILURE_MODEL_NOT_FOUND] = { N_ ("The service does not know this model. Choose another "
                                          "one, then try again."),
                                      OFFER_MODEL },
  [SONDE_FAILURE_CONTENT_RISK] = { N_ ("The service’s content check refused this message. Change "
                                       "its wording, then send it again."),
                                   0 },
  [SONDE_FAILURE_TOO_LARGE] = { N_ ("The message is too large for the service. Shorten it, then "
                                    "send it again."),
                                0 },
  [SONDE_FAILURE_ENDPOINT] = { N_ ("No chat service answers at this address. Check the base URL in "
                                   "the preferences."),
                               OFFER_PREFERENCES },
  [SONDE_FAILURE_RATE_LIMIT] = { N_ ("The service is getting more requests than it allows. Wait a "
                                     "moment, or ask for fewer answers at once, then try again."),
                                 0 },
  [SONDE_FAILURE_SERVER] = { N_ ("The service has a problem of its own. Try again in a moment."),
                             0 },
  [SONDE_FAILURE_OVERLOADED] = { N_ ("The service is overloaded. Try again in a moment."), 0 },
  [SONDE_FAILURE_NETWORK] = { N_ ("The service could not be reached. Check the network connection, "
                                  "then try again."),
                              0 },
  [SONDE_FAILURE_CUT] = { N_ ("The connection was cut before the answer was finished. What arrived "
                              "is kept."),
                          0 },
  [SONDE_FAILURE_STALLED] = { N_ ("The service went silent before the answer was finished. What "
                                  "arrived is kept."),
                              0 },
  [SONDE_FAILURE_EMPTY] = { N_ ("The service answered with nothing. Try again."), 0 },
  [SONDE_FAILURE_PROTOCOL] = { N_ ("The service answered in a way that Sonde does not understand. "
                                   "Check the base URL in the preferences, or try again."),
                               OFFER_PREFERENCES },
  [SONDE_FAILURE_STREAM] = { N_ ("The service stopped the answer with an error. What arrived is "
                                 "kept."),
                             0 },
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
  g_autofree char *words = sonde_notice_dup_detail (failure->detail);

  if (failure->http_status != 0)
    g_string_append_printf (detail, "HTTP %u", failure->http_status);
  if (words != NULL && *words != '\0')
    g_string_append_printf (detail, "%s%s", detail->len > 0 ? " · " : "", words);
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
  SondeNotice *self = SONDE_NOTICE (object);

  g_clear_handle_id (&self->countdown, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (object), SONDE_TYPE_NOTICE);
  g_clear_object (&self->message);

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
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "notice");
}

static void
sonde_notice_init (SondeNotice *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sonde_notice_describe_failure:
 * @failure: (nullable): why something failed
 *
 * Returns: that in a sentence, and what may help
 */
const char *
sonde_notice_describe_failure (const SondeFailure *failure)
{
  if (failure == NULL || (gsize) failure->kind >= G_N_ELEMENTS (failures))
    return _ ("This answer failed. Try again.");
  /* Without a status, the service was not even asked. */
  if (failure->kind == SONDE_FAILURE_INVALID_REQUEST && failure->http_status == 0)
    return _ ("This was not sent, since the service would refuse it.");

  return _ (failures[failure->kind].sentence);
}

/**
 * sonde_notice_dup_detail:
 * @detail: (nullable): what the service, or what is on the way to it, says
 *
 * Returns: (transfer full) (nullable): that, below a sentence for people where it is none
 */
char *
sonde_notice_dup_detail (const char *detail)
{
  /* The desktop’s portals say so where the person has taken the network from the sandbox. */
  if (detail != NULL && strstr (detail, "not available inside the sandbox") != NULL)
    return g_strdup_printf ("%s\n%s", _ ("The sandbox that Sonde runs in has no network."), detail);

  return g_strdup (detail);
}

/* Why the last try failed, and when the next one is. */
static char *
describe_retry (SondeMessage *message)
{
  gint64 left = sonde_message_get_retry_at (message) - g_get_real_time ();
  guint seconds = (guint) MAX ((left + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC, 0);

  /* Translators: %s is a whole sentence: why the answer failed */
  return g_strdup_printf (
    ngettext ("%s Trying again in %u second.", "%s Trying again in %u seconds.", seconds),
    sonde_notice_describe_failure (sonde_message_get_failure (message)), seconds);
}

/**
 * sonde_notice_describe:
 * @message: an answer
 *
 * Returns: (transfer full) (nullable): how it stands, in a sentence; %NULL where it is whole or on
 *   its way
 */
char *
sonde_notice_describe (SondeMessage *message)
{
  const SondeFailure *failure = sonde_message_get_failure (message);

  switch (sonde_message_get_state (message)) {
  case SONDE_MESSAGE_STREAMING:
    if (sonde_message_get_phase (message) == SONDE_PHASE_RETRYING)
      return describe_retry (message);
    if (sonde_message_get_phase (message) == SONDE_PHASE_OFFLINE)
      return g_strdup (_ ("The network is not available. The message is sent as soon as it is "
                          "back."));
    if (sonde_message_get_phase (message) == SONDE_PHASE_STALLED)
      return g_strdup (_ ("Nothing has come for a while. The service may be busy, or the "
                          "connection may be dead."));
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

  return g_strdup (sonde_notice_describe_failure (failure));
}

static gboolean
is_waiting_to_retry (SondeMessage *message)
{
  SondePhase phase = sonde_message_get_phase (message);

  return phase == SONDE_PHASE_RETRYING || phase == SONDE_PHASE_OFFLINE;
}

static guint
get_offers (SondeMessage *message)
{
  const SondeFailure *failure = sonde_message_get_failure (message);
  guint offers = sonde_message_can_continue (message) ? OFFER_CONTINUE : 0;

  switch (sonde_message_get_state (message)) {
  case SONDE_MESSAGE_STREAMING:
    return is_waiting_to_retry (message) ? OFFER_TRY_NOW | OFFER_CANCEL
                                         : OFFER_KEEP_WAITING | OFFER_STOP | OFFER_RETRY;
  case SONDE_MESSAGE_COMPLETE:
  case SONDE_MESSAGE_STOPPED:
    return offers; /* Retry is in the footer */
  case SONDE_MESSAGE_INTERRUPTED:
  case SONDE_MESSAGE_FAILED:
    break;
  }
  offers |= OFFER_RETRY;
  if (failure != NULL && (gsize) failure->kind < G_N_ELEMENTS (failures))
    offers |= failures[failure->kind].offers;

  return offers;
}

static void
add_buttons (SondeNotice *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (buttons); i++) {
    GtkWidget *button;

    if ((self->offers & 1u << i) == 0)
      continue;
    button = gtk_button_new_with_label (_ (buttons[i].label));
    gtk_actionable_set_action_name (GTK_ACTIONABLE (button), buttons[i].action);
    adw_wrap_box_append (ADW_WRAP_BOX (self->actions), button);
  }
}

static gboolean
countdown_cb (gpointer user_data)
{
  SondeNotice *self = user_data;
  g_autofree char *sentence = describe_retry (self->message);

  gtk_label_set_label (self->sentence, sentence);

  return G_SOURCE_CONTINUE;
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
  g_autofree char *sentence = sonde_notice_describe (message);
  const SondeFailure *failure = sonde_message_get_failure (message);
  SondeMessageState state = sonde_message_get_state (message);
  gboolean failed = state == SONDE_MESSAGE_FAILED || state == SONDE_MESSAGE_INTERRUPTED ||
                    is_waiting_to_retry (message);
  SondeNotice *self;

  if (sentence == NULL)
    return NULL;

  self = g_object_new (SONDE_TYPE_NOTICE, "accessible-role",
                       failed ? GTK_ACCESSIBLE_ROLE_ALERT : GTK_ACCESSIBLE_ROLE_NOTE, NULL);
  self->message = g_object_ref (message);
  self->offers = get_offers (message);
  gtk_label_set_label (self->sentence, sentence);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence,
                                  -1);
  gtk_widget_set_visible (GTK_WIDGET (self->icon), failed);
  gtk_widget_add_css_class (GTK_WIDGET (self), failed ? "failed" : "quiet");
  if (failed && failure != NULL)
    show_detail (self, failure);
  if (sonde_message_get_phase (message) == SONDE_PHASE_RETRYING)
    self->countdown = g_timeout_add_seconds (1, countdown_cb, self);
  add_buttons (self);
  sonde_notice_set_last (self, FALSE);

  return GTK_WIDGET (self);
}

/**
 * sonde_notice_set_last:
 * @self: a notice
 * @last: whether it stands under the last answer: that one can be gone on with
 */
void
sonde_notice_set_last (SondeNotice *self, gboolean last)
{
  GtkWidget *button;
  gboolean any = FALSE;

  g_return_if_fail (SONDE_IS_NOTICE (self));

  button = gtk_widget_get_first_child (self->actions);
  for (guint i = 0; i < G_N_ELEMENTS (buttons); i++) {
    gboolean visible = last || (1u << i & OFFERS_OF_LAST) == 0;

    if ((self->offers & 1u << i) == 0)
      continue;
    gtk_widget_set_visible (button, visible);
    any = any || visible;
    button = gtk_widget_get_next_sibling (button);
  }
  gtk_widget_set_visible (self->actions, any);
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
